/**
 * Everything that decides: which state a pair is in, whether to act, and the {@link
 * org.hnvf.model.Plan} that leads from a guest's state to an intent. Pure.
 *
 * <p>May use {@code freebsd} and {@code model}.
 */
@NullMarked
package org.hnvf.plan;

import org.jspecify.annotations.NullMarked;

/**
 * The {@link org.hnvf.model.Plan} that leads from a guest's state to an intent: steps, the undo of
 * each, and what is expected at the end. Pure.
 *
 * <p>May use {@code state}, {@code pairconfig}, {@code freebsd} and {@code model}.
 */
@NullMarked
package org.hnvf.plan;

import org.jspecify.annotations.NullMarked;

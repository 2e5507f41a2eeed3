/**
 * Makes the {@link org.hnvf.model.Plan} from a guest's state to an intent: the steps, their undo,
 * and the final expectations. No I/O.
 *
 * <p>May use {@code state}, {@code pairconfig}, {@code freebsd} and {@code model}.
 */
@NullMarked
package org.hnvf.plan;

import org.jspecify.annotations.NullMarked;

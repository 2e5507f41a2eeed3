/**
 * A line of devd(8) becomes a typed event, or is refused with a reason.
 *
 * <p>May use {@code freebsd} and {@code model}.
 */
@NullMarked
package org.hnvf.event;

import org.jspecify.annotations.NullMarked;

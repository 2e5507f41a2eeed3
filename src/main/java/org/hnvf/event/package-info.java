/**
 * Parses a line of devd(8) into a typed event, or rejects it with a reason.
 *
 * <p>May use {@code freebsd} and {@code model}.
 */
@NullMarked
package org.hnvf.event;

import org.jspecify.annotations.NullMarked;

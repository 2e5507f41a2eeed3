/**
 * Reads the guest: a few commands, one {@link org.hnvf.model.GuestState}.
 *
 * <p>May use {@code freebsd}, {@code exec}, {@code rcconf} and {@code model}.
 */
@NullMarked
package org.hnvf.guest;

import org.jspecify.annotations.NullMarked;

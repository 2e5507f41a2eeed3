/**
 * Makes a capture of a guest: one text file with all that hnvf reads. A capture contains no key and
 * no password; unless requested otherwise it contains no public address and no name either.
 *
 * <p>May use {@code service} and what that uses, and {@code settings}.
 */
@NullMarked
package org.hnvf.capture;

import org.jspecify.annotations.NullMarked;

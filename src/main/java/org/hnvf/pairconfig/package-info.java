/**
 * What belongs to a pair, and moves with it: what is live, what rc.conf says, and what belonged to
 * it before a workflow that was cut short.
 *
 * <p>Pure; reads no file. May use {@code state}, {@code rcconf}, {@code freebsd} and {@code model}.
 */
@NullMarked
package org.hnvf.pairconfig;

import org.jspecify.annotations.NullMarked;

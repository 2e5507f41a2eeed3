/**
 * Determines the configuration of a pair that moves: the live one, that of rc.conf, and that before
 * an interrupted workflow.
 *
 * <p>Pure; reads no file. May use {@code state}, {@code rcconf}, {@code freebsd} and {@code model}.
 */
@NullMarked
package org.hnvf.pairconfig;

import org.jspecify.annotations.NullMarked;

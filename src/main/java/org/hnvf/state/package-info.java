/**
 * Finds the pairs of a guest, assesses the state of each, and decides the next action.
 *
 * <p>Pure. May use {@code freebsd} and {@code model}.
 */
@NullMarked
package org.hnvf.state;

import org.jspecify.annotations.NullMarked;

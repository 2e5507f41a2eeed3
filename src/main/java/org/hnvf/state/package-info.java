/**
 * What is, and what to do: which pairs a guest has, the state of each, and the decision about it.
 *
 * <p>Pure. May use {@code freebsd} and {@code model}.
 */
@NullMarked
package org.hnvf.state;

import org.jspecify.annotations.NullMarked;

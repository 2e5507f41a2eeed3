/**
 * The nouns of the product as immutable data: interfaces, pairs, {@link GuestState}, {@link
 * InterfaceConfig}, {@link Intent}, {@link Plan}, {@link Step}, {@link Command} and its result.
 *
 * <p>May use nothing of the program, and does no I/O.
 */
@NullMarked
package org.hnvf.model;

import org.jspecify.annotations.NullMarked;

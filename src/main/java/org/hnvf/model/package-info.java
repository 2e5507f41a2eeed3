/**
 * The data types of the product, all immutable: interfaces, pairs, {@link GuestState}, {@link
 * InterfaceConfig}, {@link Intent}, {@link Plan}, {@link Step}, {@link Command} and its result.
 *
 * <p>This package depends on no other package of the program and does no I/O.
 */
@NullMarked
package org.hnvf.model;

import org.jspecify.annotations.NullMarked;

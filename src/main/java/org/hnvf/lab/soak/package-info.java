/**
 * Deterministic simulation: each seed draws a guest, what happens to it and what goes wrong; hnvf
 * works on it in virtual time, and in the end the promises are held against what is there.
 *
 * <p>Part of {@code lab}; may use {@code service}, {@code sim} and what they use.
 */
@NullMarked
package org.hnvf.lab.soak;

import org.jspecify.annotations.NullMarked;

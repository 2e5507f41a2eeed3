/**
 * Makes a simulated guest visible to other programs: a directory whose {@code bin} answers for it,
 * and a server behind it that keeps the guest and lets its time pass with the wall clock.
 *
 * <p>Part of {@code lab}; may use {@code service}, {@code sim}, {@code report} and what they use.
 */
@NullMarked
package org.hnvf.lab.sandbox;

import org.jspecify.annotations.NullMarked;

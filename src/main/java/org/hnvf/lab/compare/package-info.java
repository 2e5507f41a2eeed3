/**
 * The stock scripts and hnvf side by side, on guests that are alike: for how long packets go
 * unanswered, and how many processes are started.
 *
 * <p>Part of {@code lab}; may use {@code service}, {@code sim}, {@code report} and what they use.
 */
@NullMarked
package org.hnvf.lab.compare;

import org.jspecify.annotations.NullMarked;

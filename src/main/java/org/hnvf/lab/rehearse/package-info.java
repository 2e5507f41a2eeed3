/**
 * Rehearses hnvf on a copy of a user's own guest: reads a capture, builds a simulated guest that
 * shows the same, and tries every occasion and every single fault on it.
 *
 * <p>May use what {@code lab} may use.
 */
@NullMarked
package org.hnvf.lab.rehearse;

import org.jspecify.annotations.NullMarked;

/**
 * Keeps the state of a pair between runs: the journal of an unfinished workflow, the data of the
 * last workflow, the operator's word, its back-off, the end of its VF's delay, and its lock.
 *
 * <p>May use {@code exec} and {@code model}.
 */
@NullMarked
package org.hnvf.journal;

import org.jspecify.annotations.NullMarked;

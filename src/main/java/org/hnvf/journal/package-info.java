/**
 * What is kept of a pair between runs: the journal of a workflow while it is unfinished, what the
 * pair had when the last one began, the operator's word, its back-off, the end of its VF's delay,
 * and its lock.
 *
 * <p>May use {@code exec} and {@code model}.
 */
@NullMarked
package org.hnvf.journal;

import org.jspecify.annotations.NullMarked;

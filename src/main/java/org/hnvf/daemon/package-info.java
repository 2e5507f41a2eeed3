/**
 * The daemon: which pair is reconciled, when, and the log of it. The reconciliation itself is in
 * {@code service}.
 *
 * <p>May use {@code service}, {@code control}, and their dependencies.
 */
@NullMarked
package org.hnvf.daemon;

import org.jspecify.annotations.NullMarked;

/**
 * The command line: one picocli class per verb, no domain logic.
 *
 * <p>May use {@code service}, {@code lab}, {@code report} and what they use.
 */
@NullMarked
package org.hnvf.cli;

import org.jspecify.annotations.NullMarked;

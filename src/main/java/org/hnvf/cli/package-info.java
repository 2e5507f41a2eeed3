/**
 * The command line: one picocli class per verb, no domain logic.
 *
 * <p>May use {@code service}, {@code control}, {@code settings}, {@code report} and what they use;
 * never {@code sim} or {@code lab}, which add themselves to it.
 */
@NullMarked
package org.hnvf.cli;

import org.jspecify.annotations.NullMarked;

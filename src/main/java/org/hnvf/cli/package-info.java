/**
 * The command line: one picocli class for each verb, without domain logic.
 *
 * <p>May use {@code service}, {@code control}, {@code settings}, {@code report} and their
 * dependencies; never {@code sim} or {@code lab}, which add themselves to it.
 */
@NullMarked
package org.hnvf.cli;

import org.jspecify.annotations.NullMarked;

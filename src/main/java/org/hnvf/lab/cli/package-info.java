/**
 * What the laboratory adds to the command line: the verbs {@code demo}, {@code sim} and {@code
 * sandbox}, and {@code --sim}, which has the product's verbs work on a simulated guest.
 *
 * <p>Part of {@code lab}; may use {@code cli} and what that uses.
 */
@NullMarked
package org.hnvf.lab.cli;

import org.jspecify.annotations.NullMarked;

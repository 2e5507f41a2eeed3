/**
 * The laboratory's additions to the command line: the verbs {@code demo}, {@code sim} and {@code
 * sandbox}, and {@code --sim}, which makes the product's verbs use a simulated guest.
 *
 * <p>Part of {@code lab}; may use {@code cli} and its dependencies.
 */
@NullMarked
package org.hnvf.lab.cli;

import org.jspecify.annotations.NullMarked;

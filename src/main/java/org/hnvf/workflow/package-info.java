/**
 * Runs the steps of a plan, rolls them back if one fails, and checks whether the guest meets the
 * plan's expectations.
 *
 * <p>May use {@code plan}, {@code guest}, {@code journal}, {@code exec} and {@code model}.
 */
@NullMarked
package org.hnvf.workflow;

import org.jspecify.annotations.NullMarked;

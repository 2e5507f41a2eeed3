/**
 * Runs a plan: step after step, and back again where one fails; then looks whether all is as the
 * plan expects.
 *
 * <p>May use {@code plan}, {@code guest}, {@code journal}, {@code exec} and {@code model}.
 */
@NullMarked
package org.hnvf.workflow;

import org.jspecify.annotations.NullMarked;

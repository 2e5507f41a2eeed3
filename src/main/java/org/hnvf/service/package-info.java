/**
 * The orchestrator: an event is a hint to look at a pair; what it finds leads to an intent, a plan
 * and a run.
 *
 * <p>May use everything above it: {@code override}, {@code event}, {@code control}, {@code
 * workflow}, {@code journal}, {@code plan}, {@code guest}, {@code rcconf}, {@code freebsd}, {@code
 * exec} and {@code model}.
 */
@NullMarked
package org.hnvf.service;

import org.jspecify.annotations.NullMarked;

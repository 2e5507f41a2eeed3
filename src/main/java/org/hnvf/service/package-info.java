/**
 * Reconciles one pair: lock, read, recover, decide, plan, run, record.
 *
 * <p>May use {@code override}, {@code event}, {@code workflow}, {@code journal}, {@code plan},
 * {@code pairconfig}, {@code state}, {@code guest}, {@code rcconf}, {@code freebsd}, {@code exec}
 * and {@code model}.
 */
@NullMarked
package org.hnvf.service;

import org.jspecify.annotations.NullMarked;

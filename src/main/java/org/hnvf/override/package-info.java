/**
 * Finds, checks and runs the override script of an interface, {@code hyperv_vfup.hnX}. Finds and
 * checks the hooks, which must be as safe.
 *
 * <p>May use {@code exec} and {@code model}.
 */
@NullMarked
package org.hnvf.override;

import org.jspecify.annotations.NullMarked;

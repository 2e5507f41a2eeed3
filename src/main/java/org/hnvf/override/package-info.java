/**
 * Finds, checks and runs an administrator's own script for an interface, {@code hyperv_vfup.hnX}.
 *
 * <p>May use {@code exec} and {@code model}.
 */
@NullMarked
package org.hnvf.override;

import org.jspecify.annotations.NullMarked;

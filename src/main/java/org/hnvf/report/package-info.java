/**
 * Tables and JSON: formats all output for persons and programs.
 *
 * <p>May use {@code journal} and {@code model}.
 */
@NullMarked
package org.hnvf.report;

import org.jspecify.annotations.NullMarked;

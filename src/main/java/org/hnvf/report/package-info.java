/**
 * Tables and JSON: how anything is shown to a person or a program.
 *
 * <p>May use {@code journal} and {@code model}.
 */
@NullMarked
package org.hnvf.report;

import org.jspecify.annotations.NullMarked;

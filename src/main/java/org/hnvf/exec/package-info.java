/**
 * The interfaces to the machine: {@link CommandRunner} runs programs, {@link Timer} is the clock,
 * {@link DurableFiles} reads and writes files under the guest's root. {@code ProcessRunner} is the
 * only user of commons-exec. {@link ParseCache} caches the results of parsers.
 *
 * <p>May use {@code model}.
 */
@NullMarked
package org.hnvf.exec;

import org.jspecify.annotations.NullMarked;

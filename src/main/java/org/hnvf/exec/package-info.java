/**
 * The seams to the machine: {@link CommandRunner} runs programs, {@link Timer} tells and passes the
 * time, {@link DurableFiles} reads and writes files under the guest's root. {@code ProcessRunner}
 * is the only user of commons-exec. {@link ParseCache} saves reading again what has not changed.
 *
 * <p>May use {@code model}.
 */
@NullMarked
package org.hnvf.exec;

import org.jspecify.annotations.NullMarked;

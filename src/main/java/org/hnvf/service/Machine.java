package org.hnvf.service;

import java.nio.file.Path;
import org.hnvf.exec.CommandRunner;
import org.hnvf.exec.DurableFiles;
import org.hnvf.exec.Timer;

/**
 * The guest that is worked on: the machine hnvf runs on, or a simulated one. The rest of the
 * program cannot tell them apart.
 *
 * @param runner runs its programs
 * @param files reads and writes its files
 * @param timer its clock
 * @param root its root directory
 * @param shellRoot what its sh(1) must put before every {@code /etc/...}: nothing, but where the
 *     guest's programs run on a machine of which the guest's root is only a directory
 * @param prefix where hnvf is installed on it, nearly always {@code /usr/local}: its configuration
 *     file and its override scripts are below
 */
public record Machine(
    CommandRunner runner,
    DurableFiles files,
    Timer timer,
    Path root,
    String shellRoot,
    String prefix) {

  /** Where FreeBSD has what does not belong to the base system, hier(7). */
  public static final String USUAL_PREFIX = "/usr/local";

  /** A guest whose sh(1) finds its files where the guest has them, and hnvf where it usually is. */
  public Machine(CommandRunner runner, DurableFiles files, Timer timer, Path root) {
    this(runner, files, timer, root, "", USUAL_PREFIX);
  }
}

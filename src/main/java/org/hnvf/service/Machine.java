package org.hnvf.service;

import java.nio.file.Path;
import org.hnvf.exec.CommandRunner;
import org.hnvf.exec.DurableFiles;
import org.hnvf.exec.Timer;

/**
 * The guest: the machine on which hnvf runs, or a simulated one. The rest of the program does not
 * distinguish them.
 *
 * @param runner runs its programs
 * @param files reads and writes its files
 * @param timer its clock
 * @param root its root directory
 * @param shellRoot the prefix for {@code /etc/...} in sh(1); empty unless the guest's programs run
 *     on a machine on which the guest's root is a subdirectory
 * @param prefix the directory in which hnvf is installed, usually {@code /usr/local}: the
 *     configuration file and the override scripts are below it
 */
public record Machine(
    CommandRunner runner,
    DurableFiles files,
    Timer timer,
    Path root,
    String shellRoot,
    String prefix) {

  /** The directory of programs outside the base system, hier(7). */
  public static final String USUAL_PREFIX = "/usr/local";

  /**
   * Creates a guest whose sh(1) finds its files in their usual places, with hnvf in its usual
   * directory.
   */
  public Machine(CommandRunner runner, DurableFiles files, Timer timer, Path root) {
    this(runner, files, timer, root, "", USUAL_PREFIX);
  }
}

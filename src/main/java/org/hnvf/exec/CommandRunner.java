package org.hnvf.exec;

import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;

/**
 * Runs programs on a guest. There are two implementations: {@code ProcessRunner} for the machine
 * that hnvf runs on, and the simulated guest, which gives the output of FreeBSD.
 */
@FunctionalInterface
public interface CommandRunner {

  /**
   * Runs the command to its end or to its time limit. The result describes every ending; the method
   * throws no exception if the program fails, hangs or does not exist.
   */
  CommandResult run(Command command);
}

package org.hnvf.exec;

import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;

/**
 * Runs programs on a guest. There are two: {@code ProcessRunner} for the machine that hnvf runs on,
 * and the simulated guest, which answers as FreeBSD would.
 */
@FunctionalInterface
public interface CommandRunner {

  /**
   * Runs the command to its end or to its time limit. Whatever happens is told in the result; a
   * program that fails, hangs or does not exist is no exception.
   */
  CommandResult run(Command command);
}

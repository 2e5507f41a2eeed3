package org.hnvf.rcconf;

import com.google.common.collect.ImmutableList;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.hnvf.exec.CommandRunner;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;

/**
 * Evaluates rc.conf(5) with sh(1), as rc(8) does: {@code /etc/defaults/rc.conf}, or FreeBSD 15's
 * values where there is none, what {@code rc_conf_files} names, and {@code rc.conf.d/network} and
 * {@code rc.conf.d/netif} under {@code /etc} and {@code /usr/local/etc}. One process, no other.
 *
 * <p>An rc.conf that does not let itself be read to its end, takes longer than the limit, or writes
 * to standard output is an error that names the file.
 */
public final class RcConf {

  /** How long an evaluation may take, unless said otherwise. */
  public static final Duration DEFAULT_TIME_LIMIT = Duration.ofSeconds(10);

  private static final String SHELL = "/bin/sh";
  private static final String SCRIPT = script();

  private final CommandRunner runner;
  private final String root;
  private final Duration timeLimit;

  /** The rc.conf of the machine that {@code runner} runs commands on. */
  public RcConf(CommandRunner runner) {
    this(runner, "", DEFAULT_TIME_LIMIT);
  }

  /**
   * An rc.conf.
   *
   * @param runner runs the shell
   * @param root what stands before every {@code /etc/...}; empty on a machine
   * @param timeLimit how long an evaluation may take
   */
  public RcConf(CommandRunner runner, String root, Duration timeLimit) {
    this.runner = runner;
    this.root = root;
    this.timeLimit = timeLimit;
  }

  /**
   * Evaluates all files that rc(8) would read.
   *
   * @throws UserException (configuration) where a file of it is in error; the message names it
   * @throws SystemException where there is no shell to be had, or what it printed is not whole
   */
  public EvaluatedRcConf evaluate() throws UserException, SystemException {
    return evaluate(ImmutableList.of(root));
  }

  /**
   * Evaluates this file alone, after the defaults.
   *
   * @throws UserException (configuration) where it is not there or in error; the message names it
   * @throws SystemException where there is no shell to be had, or what it printed is not whole
   */
  public EvaluatedRcConf evaluateFile(Path file) throws UserException, SystemException {
    return evaluate(ImmutableList.of(root, file.toAbsolutePath().toString()));
  }

  private EvaluatedRcConf evaluate(ImmutableList<String> operands)
      throws UserException, SystemException {
    String[] arguments =
        ImmutableList.<String>builder()
            .add("-c", SCRIPT, "hnvf-rcconf")
            .addAll(operands)
            .build()
            .toArray(String[]::new);
    CommandResult result = runner.run(Command.reading(timeLimit, SHELL, arguments));
    if (result.ending() instanceof CommandResult.NotFound notFound) {
      throw SystemException.failed(
          "rc.conf could not be evaluated: " + SHELL + " was not found in " + notFound.searched());
    }
    if (result.ending() instanceof CommandResult.NotRun notRun) {
      throw SystemException.failed(
          "rc.conf could not be evaluated: " + SHELL + " could not be run: " + notRun.reason());
    }
    if (result.succeeded() && result.missing().isPresent()) {
      throw SystemException.failed(
          "rc.conf could not be evaluated: the output of "
              + SHELL
              + " is incomplete: "
              + result.missing().get());
    }
    return new EvaluatedRcConf(EvaluationOutput.parse(result), warnings(result));
  }

  private static ImmutableList<String> warnings(CommandResult result) {
    Optional<String> complaint = ShellErrors.firstOf(result.stderr());
    return complaint
        .map(first -> ImmutableList.of("sh printed a warning while it read rc.conf: " + first))
        .orElse(ImmutableList.of());
  }

  private static String script() {
    try {
      return Resources.toString(
          Resources.getResource(RcConf.class, "evaluate.sh"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("evaluate.sh of hnvf cannot be read", e);
    }
  }
}

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
 * values without that file, the files of {@code rc_conf_files}, and {@code network}, {@code netif},
 * {@code routing} and {@code dhclient} in {@code rc.conf.d} under {@code /etc} and {@code
 * /usr/local/etc}. It takes one process.
 *
 * <p>An rc.conf that cannot be read to its end, takes longer than the limit, or writes to standard
 * output is an error that names the file.
 */
public final class RcConf {

  /** The default time limit of an evaluation. */
  public static final Duration DEFAULT_TIME_LIMIT = Duration.ofSeconds(10);

  private static final String SHELL = "/bin/sh";
  private static final String SCRIPT = script();

  private final CommandRunner runner;
  private final String root;
  private final Duration timeLimit;

  /** Creates the rc.conf of the machine on which {@code runner} runs commands. */
  public RcConf(CommandRunner runner) {
    this(runner, "", DEFAULT_TIME_LIMIT);
  }

  /**
   * Creates an rc.conf.
   *
   * @param runner runs the shell
   * @param root the prefix of every {@code /etc/...}; empty on a machine
   * @param timeLimit the time limit of an evaluation
   */
  public RcConf(CommandRunner runner, String root, Duration timeLimit) {
    this.runner = runner;
    this.root = root;
    this.timeLimit = timeLimit;
  }

  /**
   * Evaluates all files that rc(8) would read.
   *
   * @throws UserException (configuration) if a file is in error; the message names it
   * @throws SystemException if the shell cannot be run, or its output is incomplete
   */
  public EvaluatedRcConf evaluate() throws UserException, SystemException {
    return evaluate(ImmutableList.of(root));
  }

  /**
   * Evaluates this file alone, after the defaults.
   *
   * @throws UserException (configuration) if it does not exist or is in error; the message names it
   * @throws SystemException if the shell cannot be run, or its output is incomplete
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

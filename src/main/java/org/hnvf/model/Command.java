package org.hnvf.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One program to run on a guest: an argument vector, never a line for a shell.
 *
 * <p>Everything that hnvf does to a guest is such a command (or a file under the guest's root). It
 * runs with {@code /} as its directory, no input, and an environment of nothing but {@code PATH}
 * and {@code environment}.
 *
 * @param program the program's name, looked up in the runner's search path; or an absolute path
 * @param arguments the arguments after the program's name
 * @param timeLimit the deadline, after which the runner kills the program and all its descendants
 * @param effect whether it changes the guest
 * @param mayLeaveDaemon whether a child of it may live on and keep its output open, as dhclient's
 *     does; such a child is never given a pipe of ours
 * @param environment further variables
 * @param filter which lines of its standard output are wanted; all where empty
 */
public record Command(
    String program,
    ImmutableList<String> arguments,
    Duration timeLimit,
    Effect effect,
    boolean mayLeaveDaemon,
    ImmutableMap<String, String> environment,
    Optional<LineFilter> filter) {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  /** Whether a command changes the guest. */
  public enum Effect {
    /** The command only reads. */
    READS,
    /** The command changes the guest. */
    CHANGES
  }

  /** Creates a command whose whole output is kept. */
  public Command(
      String program,
      ImmutableList<String> arguments,
      Duration timeLimit,
      Effect effect,
      boolean mayLeaveDaemon,
      ImmutableMap<String, String> environment) {
    this(program, arguments, timeLimit, effect, mayLeaveDaemon, environment, Optional.empty());
  }

  /** Creates a command that only reads. */
  public static Command reading(Duration timeLimit, String program, String... arguments) {
    return new Command(
        program,
        ImmutableList.copyOf(arguments),
        timeLimit,
        Effect.READS,
        false,
        ImmutableMap.of());
  }

  /** Creates a command that changes the guest. */
  public static Command changing(Duration timeLimit, String program, String... arguments) {
    return new Command(
        program,
        ImmutableList.copyOf(arguments),
        timeLimit,
        Effect.CHANGES,
        false,
        ImmutableMap.of());
  }

  /** Returns a copy whose child process may outlive it. */
  public Command leavingDaemon() {
    return new Command(program, arguments, timeLimit, effect, true, environment, filter);
  }

  /** The same command with these further variables. */
  public Command withEnvironment(ImmutableMap<String, String> variables) {
    return new Command(program, arguments, timeLimit, effect, mayLeaveDaemon, variables, filter);
  }

  /** Returns a copy that keeps only these lines of standard output. */
  public Command keeping(LineFilter lines) {
    return new Command(
        program, arguments, timeLimit, effect, mayLeaveDaemon, environment, Optional.of(lines));
  }

  /** The same command as another program, with other arguments and variables. */
  public Command as(
      String otherProgram,
      ImmutableList<String> otherArguments,
      ImmutableMap<String, String> variables) {
    return new Command(
        otherProgram, otherArguments, timeLimit, effect, mayLeaveDaemon, variables, filter);
  }

  /** The program and its arguments. */
  public ImmutableList<String> argv() {
    return ImmutableList.<String>builder().add(program).addAll(arguments).build();
  }

  /** Returns the command line, quoted for sh(1) where necessary. */
  public String line() {
    StringBuilder line = new StringBuilder();
    for (String word : argv()) {
      line.append(line.length() == 0 ? "" : " ").append(quoted(word));
    }
    return line.toString();
  }

  /** Returns a word, quoted for sh(1) where necessary. */
  public static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  @Override
  public String toString() {
    return line();
  }
}

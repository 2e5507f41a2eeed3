package org.hnvf.control;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.hnvf.model.ExitCode;
import org.hnvf.model.SystemException;

/**
 * The answer to a client: the text for its standard output and its standard error, and its exit
 * status. As lines:
 *
 * <pre>{@code
 * out TEXT
 * err TEXT
 * exit N
 * }</pre>
 *
 * <p>A queued event is answered by the line {@code ok} alone.
 *
 * @param out lines for the standard output
 * @param err lines for the standard error
 * @param exitStatus the exit status; empty if the answer is {@code ok}
 */
public record Answer(
    ImmutableList<String> out, ImmutableList<String> err, Optional<Integer> exitStatus) {

  private static final String OK = "ok";
  private static final String OUT = "out ";
  private static final String ERR = "err ";
  private static final String EXIT = "exit ";

  /** Returns the answer to a queued event. */
  public static Answer ok() {
    return new Answer(ImmutableList.of(), ImmutableList.of(), Optional.empty());
  }

  /** Returns an answer; the texts are split into lines. */
  public static Answer of(String out, String err, int exitStatus) {
    return new Answer(lines(out), lines(err), Optional.of(exitStatus));
  }

  /** Returns the answer to a request that is refused or could not be handled. */
  public static Answer fault(String message, ExitCode exitCode) {
    return of("", message, exitCode.status());
  }

  /** Returns whether an event was queued. */
  public boolean isOk() {
    return exitStatus.isEmpty();
  }

  String wire() {
    StringBuilder text = new StringBuilder();
    out.forEach(line -> text.append(OUT).append(line).append('\n'));
    err.forEach(line -> text.append(ERR).append(line).append('\n'));
    text.append(exitStatus.map(status -> EXIT + status).orElse(OK));
    return text.append('\n').toString();
  }

  static Answer read(String wire) throws SystemException {
    ImmutableList.Builder<String> out = ImmutableList.builder();
    ImmutableList.Builder<String> err = ImmutableList.builder();
    for (String line : lines(wire)) {
      if (line.startsWith(OUT)) {
        out.add(line.substring(OUT.length()));
      } else if (line.startsWith(ERR)) {
        err.add(line.substring(ERR.length()));
      } else if (line.equals(OK)) {
        return ok();
      } else if (line.matches(EXIT + "[0-9]{1,3}")) {
        int status = Integer.parseInt(line.substring(EXIT.length()));
        return new Answer(out.build(), err.build(), Optional.of(status));
      } else {
        break;
      }
    }
    throw SystemException.failed(
        "the daemon's answer is malformed or incomplete ("
            + wire.length()
            + " characters); see /var/log/hnvf.log for what the daemon did");
  }

  private static ImmutableList<String> lines(String text) {
    return text.lines().collect(ImmutableList.toImmutableList());
  }
}

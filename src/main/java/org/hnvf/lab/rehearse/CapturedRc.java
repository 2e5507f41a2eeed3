package org.hnvf.lab.rehearse;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableMap;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hnvf.exec.CommandRunner;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;
import org.hnvf.rcconf.EvaluatedRcConf;
import org.hnvf.rcconf.RcConf;
import org.hnvf.sim.RcConfShell;

/**
 * The variables of rc.conf(5) in a capture. They are values and no text of sh(1): no shell sees
 * them, and the evaluation of the copied guest's rc.conf is answered with them.
 */
final class CapturedRc {

  private static final Pattern OCTAL = Pattern.compile("\\\\([0-3][0-7]{2})");

  private final ImmutableMap<String, String> values;

  private CapturedRc(ImmutableMap<String, String> values) {
    this.values = values;
  }

  static CapturedRc of(Capture capture) {
    Map<String, String> values = new LinkedHashMap<>();
    capture
        .output(CaptureCommands.RC_CONF)
        .ifPresent(
            text ->
                text.lines()
                    .forEach(
                        line -> {
                          int equals = line.indexOf('=');
                          values.put(line.substring(0, equals), plain(line.substring(equals + 1)));
                        }));
    return new CapturedRc(ImmutableMap.copyOf(values));
  }

  /** The escaped bytes of a value are UTF-8. */
  private static String plain(String value) {
    Matcher octal = OCTAL.matcher(value);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int from = 0;
    while (octal.find()) {
      bytes.writeBytes(value.substring(from, octal.start()).getBytes(UTF_8));
      bytes.write(Integer.parseInt(octal.group(1), 8));
      from = octal.end();
    }
    bytes.writeBytes(value.substring(from).getBytes(UTF_8));
    return bytes.toString(UTF_8);
  }

  /** The text of a file that would set these values. */
  String text() {
    return values.entrySet().stream()
        .map(variable -> variable.getKey() + "=" + quoted(variable.getValue()))
        .collect(Collectors.joining("\n"));
  }

  /** A shell that answers every evaluation of rc.conf with these values, and runs nothing. */
  RcConfShell shell() {
    return new RcConfShell(this::answer);
  }

  /**
   * The variables as hnvf sees them.
   *
   * @throws UserException (configuration) if hnvf refuses them
   */
  EvaluatedRcConf evaluated() throws UserException, SystemException {
    CommandRunner answers = this::answer;
    return new RcConf(answers).evaluate();
  }

  /** In the form that evaluate.sh describes. */
  private CommandResult answer(Command command) {
    StringBuilder text = new StringBuilder("read 1 '/etc/rc.conf'\ndone 1\n");
    values.forEach(
        (name, value) ->
            text.append("set ").append(name).append(' ').append(quoted(value)).append('\n'));
    return new CommandResult(
        command, new CommandResult.Exited(0), text.append("end\n").toString(), "", Duration.ZERO);
  }

  private static String quoted(String value) {
    return "'" + value.replace("'", "'\\''") + "'";
  }
}

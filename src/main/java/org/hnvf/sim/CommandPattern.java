package org.hnvf.sim;

import java.util.regex.Pattern;
import org.hnvf.model.Command;

/**
 * Which commands are meant. Plain data, so that a fault can be saved.
 *
 * @param regex a regular expression that the whole {@link Command#line()} must match
 * @param index the number of the command since the guest was started, from 0; -1 for any
 */
public record CommandPattern(String regex, int index) {

  /** Any command. */
  public static CommandPattern any() {
    return new CommandPattern(".*", -1);
  }

  /** The commands whose line matches. */
  public static CommandPattern line(String regex) {
    return new CommandPattern(regex, -1);
  }

  /** The commands of this program. */
  public static CommandPattern program(String name) {
    return new CommandPattern("(.*/)?" + Pattern.quote(name) + "( .*)?", -1);
  }

  /** The command of this number. */
  public static CommandPattern number(int index) {
    return new CommandPattern(".*", index);
  }

  boolean matches(int number, Command command) {
    return (index < 0 || index == number)
        && Pattern.compile(regex, Pattern.DOTALL).matcher(command.line()).matches();
  }
}

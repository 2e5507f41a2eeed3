package org.hnvf.lab.rehearse;

import java.util.regex.Pattern;
import org.hnvf.freebsd.Ps;

/**
 * The form of ps(1) in earlier captures, which has neither users nor jails. hnvf counted each
 * process of it, so each is read as a process of root outside jails.
 */
final class PsWithoutUsers {

  private static final String COMMAND = "ps -axww -o pid= -o command=";
  private static final Pattern PID = Pattern.compile("(?m)^( *[0-9]+) ");

  private PsWithoutUsers() {}

  static boolean is(String command) {
    return command.equals(COMMAND);
  }

  /** Returns the command of today for the earlier one, and another command as it is. */
  static String command(String command) {
    return is(command) ? Ps.all().line() : command;
  }

  /** Returns the output of the earlier command in the form of today's. */
  static String withUsers(String output) {
    return PID.matcher(output).replaceAll("$1 0 0 ");
  }
}

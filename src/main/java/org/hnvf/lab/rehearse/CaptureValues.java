package org.hnvf.lab.rehearse;

import com.google.common.net.InetAddresses;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.model.UserException;

/**
 * Checks the names, addresses and numbers in the output of a command of a capture, as those of an
 * event are checked.
 */
final class CaptureValues {

  /** A name of hnvf, or of a bridge of vm-bhyve, which has a hyphen. */
  private static final String NAME = "[A-Za-z][A-Za-z0-9_.-]{0,14}";

  private static final Pattern INTERFACE =
      Pattern.compile(NAME + ": flags=[0-9a-f]{1,8}<[A-Z0-9_,-]*> metric \\d{1,9} mtu \\d{1,6}");
  private static final Pattern INET =
      Pattern.compile("\\tinet (\\S+)(?: --> \\S+)? netmask 0x[0-9a-f]{8}( .*)?");
  private static final Pattern INET6 =
      Pattern.compile("\\tinet6 ([0-9a-f:.]+)(?:%\\S+)?(?: --> \\S+)? prefixlen \\d{1,3}( .*)?");
  private static final Pattern MAC =
      Pattern.compile("\\t(?:ether|hwaddr) [0-9a-f]{2}(?::[0-9a-f]{2}){5}");
  private static final Pattern ROW =
      Pattern.compile("(\\S+) +(\\S+) +([A-Za-z0-9]+) +(\\S+)(?: +\\S+)*");
  private static final Pattern DESTINATION =
      Pattern.compile("default|[0-9a-f:.]+(?:%[A-Za-z0-9_.]+)?(?:/\\d{1,3})?(?:&0x[0-9a-f]+)?");
  private static final Pattern GATEWAY =
      Pattern.compile("link#\\d{1,5}|[0-9a-f:.]+(?:%[A-Za-z0-9_.]+)?|[A-Za-z][A-Za-z0-9_.]*");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}=[ -~]*");

  /** More would be another kind of machine; each costs time in the simulated guest. */
  private static final int MOST_INTERFACES = 300;

  private static final int MOST_ROUTES = 5_000;
  private static final int MOST_VARIABLES = 2_000;

  private final String name;
  private final String command;
  private final int first;
  private int count;

  /**
   * The output of a command.
   *
   * @param first the number of its first line in the file
   */
  CaptureValues(String name, String command, int first) {
    this.name = name;
    this.command = command;
    this.first = first;
  }

  void check(String text) throws UserException {
    int number = first;
    for (String line : text.lines().toList()) {
      if (CaptureCommands.isIfconfig(command)) {
        ofInterface(line, number);
      } else if (CaptureCommands.isRoutes(command)) {
        route(line, number);
      } else if (command.equals(CaptureCommands.RC_CONF)) {
        variable(line, number);
      }
      number++;
    }
  }

  private void ofInterface(String line, int number) throws UserException {
    if (!line.startsWith("\t")) {
      Matcher matcher = INTERFACE.matcher(line);
      if (!matcher.matches()) {
        throw bad(number, "not the first line of an interface");
      }
      count++;
      limit(number, MOST_INTERFACES, "interfaces");
    } else if (count == 0) {
      throw bad(number, "a line of no interface");
    } else if (line.startsWith("\tinet ")) {
      address(INET.matcher(line), number);
    } else if (line.startsWith("\tinet6 ")) {
      address(INET6.matcher(line), number);
    } else if ((line.startsWith("\tether ") || line.startsWith("\thwaddr "))
        && !MAC.matcher(line).matches()) {
      throw bad(number, "not a MAC address");
    }
  }

  private void address(Matcher line, int number) throws UserException {
    if (!line.matches() || !InetAddresses.isInetAddress(line.group(1))) {
      throw bad(number, "not an address of an interface");
    }
  }

  private void route(String line, int number) throws UserException {
    boolean heading =
        line.isEmpty()
            || line.startsWith("Destination ")
            || line.matches("Routing tables( \\(fib: \\d+\\))?|Internet6?:");
    if (heading) {
      return;
    }
    Matcher row = ROW.matcher(line);
    boolean valid =
        row.matches()
            && DESTINATION.matcher(row.group(1)).matches()
            && GATEWAY.matcher(row.group(2)).matches()
            && row.group(4).matches(NAME);
    if (!valid) {
      throw bad(number, "not a route");
    }
    count++;
    limit(number, MOST_ROUTES, "routes");
  }

  private void variable(String line, int number) throws UserException {
    if (!VARIABLE.matcher(line).matches()) {
      throw bad(number, "not NAME=VALUE in printable ASCII");
    }
    count++;
    limit(number, MOST_VARIABLES, "variables");
  }

  private void limit(int number, int most, String what) throws UserException {
    if (count > most) {
      throw bad(number, "more than " + most + " " + what);
    }
  }

  private UserException bad(int number, String what) {
    return UserException.badData(name + ", line " + number + ": " + what);
  }
}

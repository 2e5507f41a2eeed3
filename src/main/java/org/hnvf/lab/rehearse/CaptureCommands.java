package org.hnvf.lab.rehearse;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hnvf.capture.Collector;
import org.hnvf.freebsd.Ifconfig;
import org.hnvf.freebsd.Ipfw;
import org.hnvf.freebsd.Jls;
import org.hnvf.freebsd.Netgraph;
import org.hnvf.freebsd.Pfctl;
import org.hnvf.freebsd.Ps;
import org.hnvf.freebsd.Sysctl;
import org.hnvf.model.Command;

/** The commands that a capture may have; with any other it is refused. */
final class CaptureCommands {

  /** The evaluated variables of rc.conf, which no program of this name prints. */
  static final String RC_CONF = Collector.RC_CONF;

  /** The override scripts: their paths and rights. */
  static final String SCRIPTS = Collector.SCRIPTS;

  /** The hooks: their paths and rights. */
  static final String HOOKS = Collector.HOOKS;

  /** The lines of files that name an hn; its name follows. */
  private static final String MENTIONS = Collector.MENTIONS + " ";

  private static final String LS = "ls ";

  static final String ROUTES = "netstat -rn";

  private static final String CAT = "cat ";
  private static final String NAME = "[A-Za-z][A-Za-z0-9_.]{0,14}";

  private static final ImmutableSet<String> FIXED =
      Stream.concat(
              Stream.of(
                      Ifconfig.all(),
                      Ifconfig.allPlain(),
                      Ifconfig.list(),
                      Sysctl.hyperV(),
                      Ps.all(),
                      Pfctl.status(),
                      Pfctl.rules(),
                      Pfctl.nat(),
                      Pfctl.interfaces(),
                      Ipfw.rules(),
                      Ipfw.nat(),
                      Ipfw.tables(),
                      Jls.addresses(),
                      Netgraph.loaded(),
                      Netgraph.nodes())
                  .map(Command::line),
              Stream.of(ROUTES, RC_CONF, SCRIPTS, HOOKS, "freebsd-version -u", "uname -m"))
          .collect(ImmutableSet.toImmutableSet());

  private static final ImmutableList<Pattern> FORMS =
      Stream.of(
              "netstat -rn -F (?:[1-9]|1[0-5])",
              "sysctl -n dev\\.hn\\.\\d\\.rxvf",
              "ifconfig " + NAME + "(?: addr)?",
              "(?:arp|ndp) -n [0-9a-f.:]{2,45}(?:%" + NAME + ")?",
              MENTIONS + NAME,
              LS + "/var/db",
              LS + "/var/(?:db|run)/hnvf(?:/history)?",
              LS + "/var/run/resolvconf/interfaces")
          .map(Pattern::compile)
          .collect(ImmutableList.toImmutableList());

  private static final String FILE = "[A-Za-z0-9_][A-Za-z0-9_.@-]{0,63}";

  private static final ImmutableList<Pattern> FILES =
      Stream.of(
              "/var/db/dhclient\\.leases\\." + NAME,
              "/var/run/(?:dhclient/)?dhclient\\." + NAME + "\\.pid",
              "/var/run/resolvconf/interfaces/" + NAME,
              "/var/(?:db|run)/hnvf(?:/" + FILE + "){1,2}",
              "/usr/local/etc/hnvf/hnvf\\.json",
              "(?:/usr/local)?/etc/(?:" + FILE + "/){0,3}(?!rc\\.conf)" + FILE + "(?<=\\.conf)",
              "/etc/start_if\\." + NAME)
          .map(Pattern::compile)
          .collect(ImmutableList.toImmutableList());

  private CaptureCommands() {}

  static boolean isKnown(String command) {
    return FIXED.contains(command)
        || FORMS.stream().anyMatch(form -> form.matcher(command).matches())
        || (isFile(command)
            && FILES.stream().anyMatch(form -> form.matcher(path(command)).matches()));
  }

  /** Whether the output of a command is a file. */
  static boolean isFile(String command) {
    return command.startsWith(CAT);
  }

  /** Whether a command lists a directory. */
  static boolean isList(String command) {
    return command.startsWith(LS);
  }

  /** Returns the directory that a command lists. */
  static String directory(String command) {
    return command.substring(LS.length());
  }

  /** Whether the output of a command has the lines of files that name an hn. */
  static boolean isMentions(String command) {
    return command.startsWith(MENTIONS);
  }

  /** Returns the hn that these lines name. */
  static String mentioned(String command) {
    return command.substring(MENTIONS.length());
  }

  /** The path of the file that a command prints. */
  static String path(String command) {
    return command.substring(CAT.length());
  }

  static boolean isIfconfig(String command) {
    return command.startsWith("ifconfig ") && !command.endsWith(" addr") && !command.endsWith("-l");
  }

  /** Whether a command shows if a neighbour is known. */
  static boolean isNeighbour(String command) {
    return command.startsWith("arp ") || command.startsWith("ndp ");
  }

  static boolean isRoutes(String command) {
    return command.startsWith(ROUTES);
  }

  /** Returns the number of the routing table that a command shows. */
  static int fib(String command) {
    return command.equals(ROUTES)
        ? 0
        : Integer.parseInt(command.substring(command.lastIndexOf(' ') + 1));
  }
}

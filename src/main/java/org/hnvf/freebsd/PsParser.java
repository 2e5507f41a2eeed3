package org.hnvf.freebsd;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.model.DhcpClient;
import org.hnvf.model.ForeignClient;
import org.hnvf.model.GuestConfig;

/**
 * Parses the output of {@code ps -o pid= -o ruid= -o jid= -o command=}, one process per line. A
 * process sets its title itself, so only processes that root started outside jails count.
 */
public final class PsParser {

  private static final Pattern LINE =
      Pattern.compile("\\s*([0-9]{1,18})\\s+([0-9]{1,10})\\s+([0-9]{1,10})\\s+(\\S.*)");

  /**
   * The real user ids of a DHCP client: root, and {@code _dhcp} of the base system, to which
   * dhclient(8) and dhcpcd(8) drop their privileges. Not the effective id: it is root's also where
   * a user runs a set-user-ID program under a title of his own.
   */
  private static final ImmutableSet<String> TRUSTED_USERS = ImmutableSet.of("0", "65");

  /** The jail id of a process outside jails. */
  private static final String NO_JAIL = "0";

  /**
   * The process title of dhclient(8)'s worker. Its helper processes have {@code hn0 [priv]} or
   * {@code system.syslog} instead of the interface.
   */
  private static final Pattern DHCLIENT = Pattern.compile("dhclient: (\\S+) \\(dhclient\\)\\s*");

  /** The first word of every such title. */
  static final String DHCLIENT_TITLE = "dhclient:";

  private static final String SYSLOG_HELPER = "system.syslog";
  static final ImmutableSet<String> INTEGRATION_DAEMONS =
      ImmutableSet.of("hv_kvp_daemon", "hv_vss_daemon");

  /**
   * DHCP clients of FreeBSD's ports, by the names of their programs; {@code dhclient} is ISC's if
   * it does not have the title of the base system's.
   */
  static final ImmutableSet<String> FOREIGN_CLIENTS =
      ImmutableSet.of(
          "dhclient", "dual-dhclient", "dhcpcd", "dhcp6c", "udhcpc", "odhcp6c", "dibbler-client");

  private PsParser() {}

  /**
   * A process.
   *
   * @param pid its process id
   * @param command its command line or process title
   */
  public record RunningProcess(long pid, String command) {

    /**
     * The program's name: the last part of the first word. ps prints it in brackets if the
     * arguments are not available, and a title has a colon after it.
     */
    String program() {
      String first = command.substring(0, endOfWord());
      return CharMatcher.anyOf("[](): ").trimFrom(first.substring(first.lastIndexOf('/') + 1));
    }

    private int endOfWord() {
      int end = CharMatcher.whitespace().indexIn(command);
      return end < 0 ? command.length() : end;
    }
  }

  /**
   * Returns the processes of trusted users outside jails. Other processes are skipped, because
   * their titles prove nothing; a jail may also have a network stack and a DHCP client of its own.
   * Other lines are skipped.
   */
  public static ImmutableList<RunningProcess> processes(String text) {
    ImmutableList.Builder<RunningProcess> processes = ImmutableList.builder();
    for (String line : Splitter.on('\n').split(text)) {
      Matcher process = LINE.matcher(line);
      if (process.matches()
          && TRUSTED_USERS.contains(process.group(2))
          && process.group(3).equals(NO_JAIL)) {
        processes.add(new RunningProcess(Long.parseLong(process.group(1)), process.group(4)));
      }
    }
    return processes.build();
  }

  /** Returns the DHCP clients, by their worker processes. */
  public static ImmutableList<DhcpClient> dhcpClients(ImmutableList<RunningProcess> processes) {
    return processes.stream()
        .map(PsParser::dhcpClient)
        .flatMap(Optional::stream)
        .collect(ImmutableList.toImmutableList());
  }

  /** Returns the running daemons of the Hyper-V integration services. */
  public static ImmutableSet<String> integrationDaemons(ImmutableList<RunningProcess> processes) {
    return processes.stream()
        .map(RunningProcess::program)
        .filter(INTEGRATION_DAEMONS::contains)
        .collect(ImmutableSet.toImmutableSet());
  }

  /**
   * Returns the DHCP clients other than the base system's, which has the title {@code dhclient: …}
   * except for the short time before it sets the title.
   */
  public static ImmutableList<ForeignClient> foreignClients(
      ImmutableList<RunningProcess> processes) {
    return processes.stream()
        .filter(process -> FOREIGN_CLIENTS.contains(process.program()))
        .filter(process -> !isOfBase(process.command()))
        .map(process -> new ForeignClient(process.program(), process.command()))
        .collect(ImmutableList.toImmutableList());
  }

  private static boolean isOfBase(String command) {
    String first = Splitter.on(' ').split(command).iterator().next();
    return first.equals(DHCLIENT_TITLE)
        || first.equals(GuestConfig.DHCLIENT)
        || first.equals("dhclient")
        || first.startsWith("[");
  }

  private static Optional<DhcpClient> dhcpClient(RunningProcess process) {
    Matcher title = DHCLIENT.matcher(process.command());
    return title.matches() && !title.group(1).equals(SYSLOG_HELPER)
        ? Optional.of(new DhcpClient(title.group(1), process.pid()))
        : Optional.empty();
  }
}

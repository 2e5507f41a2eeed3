package org.hnvf.freebsd;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import org.hnvf.model.Command;
import org.hnvf.model.InterfaceName;

/** The argument vectors and the files of dhclient(8). */
public final class Dhclient {

  /** The directory of its lease files. */
  public static final String LEASES = "/var/db";

  private Dhclient() {}

  /**
   * Starts a client. The command returns when the client is bound, or at once with the flag {@code
   * -b}; the worker process keeps running with the inherited descriptors.
   *
   * @param program {@code dhclient_program} of rc.conf(5)
   * @param flags {@code dhclient_flags} of rc.conf(5), word by word
   */
  public static Command start(String program, List<String> flags, InterfaceName name) {
    return Command.changing(
            TimeLimits.DHCLIENT,
            program,
            ImmutableList.<String>builder()
                .addAll(flags)
                .add(name.value())
                .build()
                .toArray(String[]::new))
        .leavingDaemon();
  }

  /** Returns whether these flags name a configuration file. */
  public static boolean hasConf(List<String> flags) {
    return flags.stream().anyMatch(Dhclient::isConf);
  }

  /** Returns the configuration file of these flags, if its path is absolute. */
  public static Optional<String> conf(List<String> flags) {
    for (int i = 0; i < flags.size(); i++) {
      String flag = flags.get(i);
      if (isConf(flag)) {
        String attached = flag.substring(flag.indexOf('c') + 1);
        String file = !attached.isEmpty() ? attached : i + 1 < flags.size() ? flags.get(i + 1) : "";
        return Optional.of(file).filter(path -> path.startsWith("/"));
      }
    }
    return Optional.empty();
  }

  private static boolean isConf(String flag) {
    return flag.matches("-[bdnqu]*c.*");
  }

  /** Starts a client with a configuration file of its own (transcript 69). */
  public static Command start(String program, List<String> flags, String conf, InterfaceName name) {
    return start(
        program, ImmutableList.<String>builder().addAll(flags).add("-c", conf).build(), name);
  }

  /**
   * Stops a client; its address, routes and lease stay.
   *
   * @param pid the process id of the client's worker
   * @throws IllegalArgumentException if it is not positive: kill(1) takes 0 and negative numbers
   *     for several processes
   */
  public static Command terminate(long pid) {
    if (pid <= 1) {
      throw new IllegalArgumentException("not the pid of a dhclient: " + pid);
    }
    return Command.changing(TimeLimits.KILL, "kill", "-TERM", Long.toString(pid));
  }

  /**
   * Stops the client of dhclient's pid file, for a client that was started after the snapshot. The
   * command also matches the process name, because a pid file may be stale.
   */
  public static Command terminateByPidFile(InterfaceName name) {
    return Command.changing(
        TimeLimits.KILL, "pkill", "-TERM", "-F", pidFile(name), "-x", "dhclient");
  }

  /** Returns the path of the pid file in FreeBSD 13 and later. */
  public static String pidFile(InterfaceName name) {
    return "/var/run/dhclient/dhclient." + name + ".pid";
  }

  /** Returns the path of an interface's lease file. */
  public static String leaseFile(InterfaceName name) {
    return LEASES + "/dhclient.leases." + name;
  }

  /**
   * Returns the possible paths of the pid file: the current one and that of older FreeBSD versions.
   */
  public static ImmutableList<String> pidFiles(InterfaceName name) {
    return ImmutableList.of(pidFile(name), "/var/run/dhclient." + name + ".pid");
  }
}

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
   * Starts a client. It returns when it is bound, or at once with the flag {@code -b}; its worker
   * stays and keeps the descriptors that it inherited.
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

  /** Whether these flags name a configuration file. */
  public static boolean hasConf(List<String> flags) {
    return flags.stream().anyMatch(Dhclient::isConf);
  }

  /** The configuration file that these flags name, where it has an absolute path. */
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

  /** The same, with a configuration file of its own (transcript 69). */
  public static Command start(String program, List<String> flags, String conf, InterfaceName name) {
    return start(
        program, ImmutableList.<String>builder().addAll(flags).add("-c", conf).build(), name);
  }

  /**
   * Ends a client; address, routes and lease stay.
   *
   * @param pid the process id of the client's worker
   * @throws IllegalArgumentException where it is none: kill(1) takes 0 and less for many processes
   */
  public static Command terminate(long pid) {
    if (pid <= 1) {
      throw new IllegalArgumentException("not the pid of a dhclient: " + pid);
    }
    return Command.changing(TimeLimits.KILL, "kill", "-TERM", Long.toString(pid));
  }

  /**
   * Ends the client that this FreeBSD's dhclient wrote the pid file of: for one that was started
   * after the guest was read. The name has to fit too: a pid file may outlive its process.
   */
  public static Command terminateByPidFile(InterfaceName name) {
    return Command.changing(
        TimeLimits.KILL, "pkill", "-TERM", "-F", pidFile(name), "-x", "dhclient");
  }

  /** Where FreeBSD 13 and later writes a client's process id. */
  public static String pidFile(InterfaceName name) {
    return "/var/run/dhclient/dhclient." + name + ".pid";
  }

  /** Where it keeps the leases of an interface. */
  public static String leaseFile(InterfaceName name) {
    return LEASES + "/dhclient.leases." + name;
  }

  /** Where its process id may be: where FreeBSD writes it now, and where it wrote it before. */
  public static ImmutableList<String> pidFiles(InterfaceName name) {
    return ImmutableList.of(pidFile(name), "/var/run/dhclient." + name + ".pid");
  }
}

package org.hnvf.sim;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Optional;

/** The programs of the base system that the guest has, by name. */
final class Programs {
  private static final ImmutableMap<String, String> DIRECTORIES =
      ImmutableMap.<String, String>builder()
          .put("ifconfig", "/sbin")
          .put("sysctl", "/sbin")
          .put("route", "/sbin")
          .put("dhclient", "/sbin")
          .put("resolvconf", "/sbin")
          .put("rtsol", "/sbin")
          .put("ping", "/sbin")
          .put("ping6", "/sbin")
          .put("kill", "/bin")
          .put("ps", "/bin")
          .put("pkill", "/bin")
          .put("pgrep", "/bin")
          .put("netstat", "/usr/bin")
          .put("arp", "/usr/sbin")
          .put("ndp", "/usr/sbin")
          .put("jls", "/usr/sbin")
          .put("kldstat", "/sbin")
          .put("pfctl", "/sbin")
          .put("ipfw", "/sbin")
          .put("kldload", "/sbin")
          .buildOrThrow();

  /** Where a program is looked for that is given without a directory. */
  static final String PATH = "/sbin:/bin:/usr/sbin:/usr/bin";

  private final ImmutableMap<String, GuestCommand> programs;

  Programs(Kernel kernel, GuestFiles files, Dhclients dhclients, Scheduler engine) {
    NeighbourPrograms neighbours = new NeighbourPrograms(kernel);
    ProcessPrograms processes = new ProcessPrograms(kernel.state(), dhclients, files);
    MiscPrograms misc = new MiscPrograms(kernel.state());
    this.programs =
        ImmutableMap.<String, GuestCommand>builder()
            .put("ifconfig", new IfconfigProgram(kernel))
            .put("sysctl", new SysctlProgram(kernel))
            .put("route", new RouteProgram(kernel))
            .put("netstat", new NetstatProgram(kernel))
            .put("dhclient", new DhclientProgram(kernel, dhclients))
            .put("resolvconf", new ResolvconfProgram(files))
            .put("rtsol", new RtsolProgram(kernel, engine))
            .put("ping", new PingProgram(kernel))
            .put("ping6", new PingProgram(kernel))
            .put("arp", neighbours::arp)
            .put("ndp", neighbours::ndp)
            .put("pfctl", new PfctlProgram(kernel.state(), files))
            .put("ipfw", new IpfwProgram(kernel.state()))
            .put("kldload", new KldloadProgram(kernel.state()))
            .put("kill", processes::kill)
            .put("pkill", processes::pkill)
            .put("pgrep", processes::pgrep)
            .put("ps", processes::ps)
            .put("jls", misc::jls)
            .put("kldstat", misc::kldstat)
            .buildOrThrow();
  }

  /** The program of this name, or of this absolute path, where the base system has it there. */
  Optional<GuestCommand> find(String program) {
    String name = name(program);
    boolean there = program.equals(name) || program.equals(DIRECTORIES.get(name) + "/" + name);
    return there ? Optional.ofNullable(programs.get(name)) : Optional.empty();
  }

  /** The names of all of them. */
  ImmutableSet<String> names() {
    return programs.keySet();
  }

  static String name(String program) {
    return program.substring(program.lastIndexOf('/') + 1);
  }
}

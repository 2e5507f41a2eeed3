package org.hnvf.bench;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.exec.ProcessRunner;
import org.hnvf.freebsd.Ifconfig;
import org.hnvf.freebsd.Netstat;
import org.hnvf.freebsd.Ps;
import org.hnvf.guest.GuestReader;
import org.hnvf.model.Command;
import org.hnvf.model.GuestState;
import org.hnvf.model.InterfaceName;

/**
 * How long a look at a large guest takes: a million routes of another interface, 10,000 processes
 * with 2 kB of arguments, 500 interfaces, 2,000 addresses on hn0. The programs are cat(1) of what
 * they would print. Beside each, what cat of the same text into another cat takes; the best of some
 * runs. To be run with the heap of the daemon, which the text is larger than.
 */
final class LargeGuest {

  private static final int RUNS = 7;
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final int ROUTES = 1_000_000;
  private static final int PROCESSES = 10_000;
  private static final int INTERFACES = 500;
  private static final int ADDRESSES = 2_000;

  private final Path directory;

  private LargeGuest(Path directory) {
    this.directory = directory;
  }

  /** Measures, and prints a line for each program. */
  public static void main(String[] args) throws Exception {
    Path directory = Files.createTempDirectory("hnvf-large");
    try {
      new LargeGuest(directory).measure();
    } finally {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
          Files.delete(file);
        }
      }
    }
  }

  private void measure() throws Exception {
    program("ifconfig", LargeGuest::ifconfig);
    program("sysctl", LargeGuest::sysctl);
    program("netstat", LargeGuest::netstat);
    program("ps", LargeGuest::ps);
    ProcessRunner runner =
        new ProcessRunner(
            ImmutableList.of(directory, Path.of("/bin"), Path.of("/usr/bin")),
            ProcessRunner.DEFAULT_OUTPUT_CAP,
            directory);
    GuestReader reader = new GuestReader(runner, new NioDurableFiles(directory.resolve("root")));
    GuestState guest = reader.snapshot();
    System.out.printf(
        Locale.ROOT,
        "%d interfaces, %d addresses on hn0, %d routes kept, DHCP clients %s; heap %d MB%n",
        guest.interfaces().size(),
        guest.find(new InterfaceName("hn0")).orElseThrow().addresses().size(),
        guest.routes().size(),
        guest.dhcpClients(),
        Runtime.getRuntime().maxMemory() >> 20);
    ImmutableSet<String> names = ImmutableSet.of("hn0", "lagg0", "mlxen0");
    ratio(runner, "netstat", Netstat.routes(0, names, ImmutableSet.of()));
    ratio(runner, "ps", Ps.all());
    ratio(runner, "ifconfig", Ifconfig.all());
    double look =
        best(
            () -> {
              reader.snapshot();
            });
    System.out.printf(Locale.ROOT, "%-10s %21.1f ms%n", "all four", look);
  }

  private void ratio(ProcessRunner runner, String name, Command command) throws Exception {
    Path text = directory.resolve(name + ".txt");
    Command pipe =
        Command.reading(LIMIT, "/bin/sh", "-c", "cat \"$0\" | cat >/dev/null", text.toString());
    double cat = best(() -> check(runner, pipe));
    double read = best(() -> check(runner, command));
    System.out.printf(
        Locale.ROOT,
        "%-10s %6.1f MB %10.1f ms, %.2f times cat into a pipe (%.1f ms)%n",
        name,
        Files.size(text) / 1e6,
        read,
        read / cat,
        cat);
  }

  private static void check(ProcessRunner runner, Command command) throws Exception {
    String unused = runner.run(command).wholeText();
  }

  /** Something that takes time. */
  @FunctionalInterface
  private interface Deed {
    void run() throws Exception;
  }

  private static double best(Deed deed) throws Exception {
    double best = Double.MAX_VALUE;
    for (int i = 0; i < RUNS; i++) {
      long start = System.nanoTime();
      deed.run();
      best = Math.min(best, (System.nanoTime() - start) / 1e6);
    }
    return best;
  }

  /** Writes what a program prints. */
  @FunctionalInterface
  private interface Text {
    void writeTo(BufferedWriter out) throws IOException;
  }

  private void program(String name, Text text) throws IOException {
    Path printed = directory.resolve(name + ".txt");
    try (BufferedWriter out = Files.newBufferedWriter(printed)) {
      text.writeTo(out);
    }
    Path program = directory.resolve(name);
    Files.writeString(program, "#!/bin/sh\nexec cat '" + printed + "'\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
  }

  private static void ifconfig(BufferedWriter out) throws IOException {
    out.write("lo0: flags=8049<UP,LOOPBACK,RUNNING,MULTICAST> metric 0 mtu 16384\n");
    for (int i = 0; i < INTERFACES - 2; i++) {
      out.write("em" + i + ": flags=8843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST> metric 0 mtu");
      out.write(" 1500\n\toptions=80028<VLAN_MTU,JUMBO_MTU,LINKSTATE>\n");
      out.write(String.format("\tether 02:00:00:00:%02x:%02x\n", i / 256, i % 256));
      out.write("\tmedia: Ethernet autoselect\n\tstatus: active\n\tdrivername: em" + i + "\n");
    }
    out.write("hn0: flags=8843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST> metric 0 mtu 1500\n");
    out.write("\tether 00:15:5d:00:00:01\n");
    for (int i = 0; i < ADDRESSES; i++) {
      out.write("\tinet 10.2." + i / 250 + "." + i % 250 + " netmask 0xffff0000 broadcast");
      out.write(" 10.2.255.255\n");
    }
    out.write("\tdrivername: hn0\n");
  }

  private static void sysctl(BufferedWriter out) throws IOException {
    out.write("hw.hn.vf_transparent: 0\nhw.hn.vflist: \nhw.hn.vfmap: \ndev.hn.0.vf: \n");
    out.write("kern.boottime: { sec = 1795353589, usec = 427942 } Sun Nov 22 13:19:49 2026\n");
  }

  private static void netstat(BufferedWriter out) throws IOException {
    out.write("Routing tables\n\nInternet:\n");
    out.write("Destination        Gateway            Flags         Netif Expire\n");
    out.write("default            10.2.0.1           UGS             hn0\n");
    for (int i = 0; i < ROUTES; i++) {
      String destination = 11 + i / 62_500 + "." + i / 250 % 250 + "." + i % 250 + ".0/24";
      out.write(
          String.format("%-18s %-18s %-8s %10s%n", destination, "172.16.0.254", "UG1", "em0"));
    }
    out.write("\nInternet6:\n");
    out.write("Destination        Gateway            Flags         Netif Expire\n");
    out.write("2001:db8:77::/48   2001:db8::1        UGS             hn0\n");
  }

  private static void ps(BufferedWriter out) throws IOException {
    out.write("    0  0 0 [kernel]\n    1  0 0 /sbin/init\n");
    String arguments =
        "  0 0 /usr/local/bin/java -cp " + "/usr/local/lib/app.jar:".repeat(86) + "\n";
    for (int i = 0; i < PROCESSES; i++) {
      out.write(10_000 + i + arguments);
    }
    out.write("30001 65 0 dhclient: hn0 (dhclient)\n");
  }
}

package org.hnvf.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hnvf.daemon.Daemon;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Settings;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.service.Machine;
import org.hnvf.service.Wiring;
import org.hnvf.workflow.Progress;

/** A daemon that does many workflows, and says what it then takes of memory. */
final class Workflows {

  private static final int PER_GUEST = 20;
  private static final InterfaceName HN = new InterfaceName("hn0");

  private Workflows() {}

  /**
   * Talks to {@link GuestServer} over its standard streams.
   *
   * @param arguments how many workflows
   */
  public static void main(String[] arguments) throws IOException, HnvfException {
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out));
    RemoteGuest guest =
        new RemoteGuest(new DataInputStream(new BufferedInputStream(System.in)), out);
    int number = Integer.parseInt(arguments[0]);
    for (int done = 0; done < number; done += PER_GUEST) {
      Daemon daemon = daemon(guest.fresh());
      for (int i = 0; i < PER_GUEST / 2; i++) {
        expectDone(daemon.act("hn0", "failback", o -> o.failback(HN).exitStatus()));
        expectDone(daemon.act("hn0", "release", o -> o.release(HN).exitStatus()));
      }
    }
    out.write(RemoteGuest.END);
    out.writeUTF(resident());
    out.flush();
  }

  private static Daemon daemon(Machine machine) {
    return new Daemon(
        machine.timer(),
        Runnable::run,
        Wiring.residents(machine, OwnerPolicy.ANYBODY, about -> Progress.NONE),
        Settings.DEFAULTS,
        () -> Settings.DEFAULTS,
        (weight, about, text) -> {});
  }

  private static void expectDone(int status) {
    if (status != 0) {
      throw new IllegalStateException("a workflow ended with " + status);
    }
  }

  private static String resident() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        ? Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .findFirst()
            .orElse("unknown")
        : "unknown: no /proc";
  }
}

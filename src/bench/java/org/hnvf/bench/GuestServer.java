package org.hnvf.bench;

import com.google.common.collect.ImmutableList;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.hnvf.exec.ProcessRunner;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.HnUnit;
import org.hnvf.sim.RcConfShell;
import org.hnvf.sim.Scenario;
import org.hnvf.sim.SimulatedGuest;

/** Plays the guest for a daemon in a Java of its own, with the flags that a daemon is given. */
final class GuestServer {

  /**
   * As the rc.d script starts the daemon. Without {@code -Xms} the heap of a machine with much
   * memory is as large as {@code -Xmx} from the start.
   */
  private static final ImmutableList<String> FLAGS =
      ImmutableList.of(
          "-Xms8m",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-XX:ReservedCodeCacheSize=16m",
          "-Xss512k");

  private final RcConfShell shell = new RcConfShell(new ProcessRunner());

  /**
   * Runs {@link Workflows} and plays its guests.
   *
   * @param heap its {@code -Xmx}
   * @param number how many workflows
   * @return what it says in the end
   */
  String run(String heap, int number) throws IOException, InterruptedException {
    ImmutableList<String> command =
        ImmutableList.<String>builder()
            .add(Path.of(System.getProperty("java.home"), "bin", "java").toString())
            .addAll(FLAGS)
            .add(heap, "-cp", System.getProperty("java.class.path"))
            .add(Workflows.class.getName(), Integer.toString(number))
            .build();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (DataInputStream in =
            new DataInputStream(new BufferedInputStream(process.getInputStream()));
        DataOutputStream out =
            new DataOutputStream(new BufferedOutputStream(process.getOutputStream()))) {
      String said = serve(in, out);
      process.waitFor();
      return said;
    }
  }

  private String serve(DataInputStream in, DataOutputStream out) throws IOException {
    SimulatedGuest guest = Scenario.azure().shell(shell).start();
    while (true) {
      int what = in.read();
      switch (what) {
        case RemoteGuest.NEW -> {
          guest =
              Scenario.azure().root(Files.createTempDirectory("hnvf-bench")).shell(shell).start();
          guest.host().plug(new HnUnit(0));
          out.writeUTF(guest.root().toString());
        }
        case RemoteGuest.RUN -> run(guest, in, out);
        case RemoteGuest.NOW -> out.writeUTF(guest.timer().now().toString());
        case RemoteGuest.SLEEP -> {
          pass(guest, Duration.ofMillis(in.readLong()));
          out.writeBoolean(true);
        }
        case RemoteGuest.END -> {
          return in.readUTF();
        }
        default -> throw new IOException("the daemon's process has ended");
      }
      out.flush();
    }
  }

  private static void pass(SimulatedGuest guest, Duration duration) {
    try {
      guest.timer().sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void run(SimulatedGuest guest, DataInputStream in, DataOutputStream out)
      throws IOException {
    Duration limit = Duration.ofMillis(in.readLong());
    String[] arguments = new String[in.readInt()];
    String program = RemoteGuest.read(in);
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = RemoteGuest.read(in);
    }
    CommandResult result = guest.run(Command.changing(limit, program, arguments));
    out.writeInt(result.ending() instanceof CommandResult.Exited exited ? exited.status() : 127);
    RemoteGuest.write(out, result.stdout());
    RemoteGuest.write(out, result.stderr());
  }
}

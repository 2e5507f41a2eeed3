package org.hnvf.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.hnvf.exec.CommandRunner;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.exec.Timer;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.service.Machine;

/**
 * A simulated guest that lives in another process, {@link GuestServer}: none of its memory is ours.
 */
final class RemoteGuest implements CommandRunner, Timer {

  static final int NEW = 'N';
  static final int RUN = 'R';
  static final int NOW = 'T';
  static final int SLEEP = 'S';
  static final int END = 'E';

  private final DataInputStream in;
  private final DataOutputStream out;

  RemoteGuest(DataInputStream in, DataOutputStream out) {
    this.in = in;
    this.out = out;
  }

  /** Something said and answered. */
  private interface Exchange<T> {
    T go() throws IOException;
  }

  private synchronized <T> T exchange(Exchange<T> exchange) {
    try {
      return exchange.go();
    } catch (IOException e) {
      throw new UncheckedIOException("the process of the simulated guest does not answer", e);
    }
  }

  /** A guest that has just booted and got a VF. */
  Machine fresh() {
    return exchange(
        () -> {
          out.write(NEW);
          out.flush();
          Path root = Path.of(in.readUTF());
          return new Machine(this, new NioDurableFiles(root), this, root);
        });
  }

  @Override
  public CommandResult run(Command command) {
    return exchange(
        () -> {
          out.write(RUN);
          out.writeLong(command.timeLimit().toMillis());
          out.writeInt(command.arguments().size());
          write(out, command.program());
          for (String argument : command.arguments()) {
            write(out, argument);
          }
          out.flush();
          int status = in.readInt();
          String stdout = read(in);
          String stderr = read(in);
          return new CommandResult(
              command, new CommandResult.Exited(status), stdout, stderr, Duration.ZERO);
        });
  }

  @Override
  public Instant now() {
    return exchange(
        () -> {
          out.write(NOW);
          out.flush();
          return Instant.parse(in.readUTF());
        });
  }

  @Override
  public void sleep(Duration duration) {
    boolean unused =
        exchange(
            () -> {
              out.write(SLEEP);
              out.writeLong(duration.toMillis());
              out.flush();
              return in.readBoolean();
            });
  }

  static void write(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static String read(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), UTF_8);
  }
}

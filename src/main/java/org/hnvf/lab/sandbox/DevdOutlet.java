package org.hnvf.lab.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.hnvf.exec.CommandRunner;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;

/**
 * Stands for devd(8): every line goes to {@code devd.log} and to the clients of its socket, and
 * then, where there is an executable {@code devd-hook}, that is run with the line as its argument,
 * one after the other.
 */
final class DevdOutlet implements Consumer<String> {

  private static final Duration HOOK_LIMIT = Duration.ofMinutes(10);

  private final Path log;
  private final Path hook;
  private final CommandRunner host;
  private final DevdSocket socket;
  private final Consumer<String> complaints;
  private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>();

  /**
   * An outlet into a sandbox's directory.
   *
   * @param host runs the hook
   * @param socket gets each line before the hook is run
   * @param complaints is told, in a line, what went wrong
   */
  DevdOutlet(Path directory, CommandRunner host, DevdSocket socket, Consumer<String> complaints) {
    this.log = directory.resolve("devd.log");
    this.hook = directory.resolve("devd-hook");
    this.host = host;
    this.socket = socket;
    this.complaints = complaints;
  }

  @Override
  public void accept(String line) {
    try {
      Files.writeString(
          log, line + "\n", UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      complaints.accept("cannot write what devd tells to " + log + ": " + e);
    }
    socket.tell(line);
    waiting.add(line);
  }

  /** Runs the hook for line after line, until it is interrupted. */
  void work() {
    try {
      while (true) {
        run(waiting.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(String line) {
    if (!Files.isExecutable(hook)) {
      return;
    }
    CommandResult result =
        host.run(Command.changing(HOOK_LIMIT, hook.toString(), line).leavingDaemon());
    if (!result.succeeded()) {
      complaints.accept(result.summary());
    }
  }
}

package org.hnvf.lab;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.hnvf.exec.CommandRunner;
import org.hnvf.exec.DurableFiles;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.exec.Timer;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.HnvfException;
import org.hnvf.service.Machine;
import org.hnvf.sim.DevdNotice;
import org.hnvf.sim.SimulatedGuest;

/**
 * A simulated guest that is kept in a directory, for a process that stays: it is opened for each
 * command anew and kept again, so that {@code hnvf sim} can plug a VF meanwhile. Its clock goes as
 * fast as the real one; where a command or a pause took virtual time it is ahead, never behind.
 */
public final class KeptMachine implements CommandRunner, Timer {

  private final Path directory;
  private final DurableFiles store;
  private final CommandRunner host;
  private final LongSupplier nanoTime;
  private final Machine machine;
  private Consumer<DevdNotice> audience = event -> {};
  private Instant seen = Instant.MIN;
  private long seenAt;

  private KeptMachine(Path directory, CommandRunner host, LongSupplier nanoTime) {
    this.directory = directory.toAbsolutePath();
    this.store = new NioDurableFiles(this.directory);
    this.host = host;
    this.nanoTime = nanoTime;
    Path root = this.directory.resolve("root");
    this.machine = new Machine(this, new NioDurableFiles(root), this, root);
  }

  /**
   * Opens the guest that is kept in a directory; creates one if there is none.
   *
   * @param host runs programs on the machine that hnvf runs on
   * @throws HnvfException if it cannot be read, or another process has it open for long
   */
  public static KeptMachine open(Path directory, CommandRunner host) throws HnvfException {
    KeptMachine kept = new KeptMachine(directory, host, System::nanoTime);
    kept.on(guest -> Optional.empty());
    return kept;
  }

  /** The guest, as the rest of the program sees it. */
  public Machine machine() {
    return machine;
  }

  /** Whom to tell what devd(8) of the guest tells, from now on. */
  public synchronized void onEvent(Consumer<DevdNotice> listener) {
    audience = listener;
  }

  @Override
  public CommandResult run(Command command) {
    try {
      return on(guest -> Optional.of(guest.run(command))).orElseThrow();
    } catch (HnvfException e) {
      return new CommandResult(
          command, new CommandResult.NotRun(String.valueOf(e.getMessage())), "", "", Duration.ZERO);
    }
  }

  @Override
  public synchronized Instant now() {
    return seen.plusNanos(nanoTime.getAsLong() - seenAt);
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    try {
      on(
          guest -> {
            sleep(guest, duration);
            return Optional.empty();
          });
    } catch (HnvfException e) {
      Thread.sleep(duration.toMillis());
    }
  }

  /** Work on the open guest. */
  @FunctionalInterface
  private interface Deed {
    Optional<CommandResult> on(SimulatedGuest guest);
  }

  private Optional<CommandResult> on(Deed deed) throws HnvfException {
    ImmutableList<DevdNotice> events;
    Consumer<DevdNotice> listener;
    Optional<CommandResult> result;
    synchronized (this) {
      try (SimulatedMachine open = SimulatedMachine.open(directory, store, host)) {
        SimulatedGuest guest = open.guest();
        if (seen.isAfter(Instant.MIN)) {
          sleep(guest, Duration.between(guest.timer().now(), now()));
        }
        result = deed.on(guest);
        events = guest.drainEvents();
        open.save();
        seen = guest.timer().now();
        seenAt = nanoTime.getAsLong();
      }
      listener = audience;
    }
    events.forEach(listener);
    return result;
  }

  private static void sleep(SimulatedGuest guest, Duration duration) {
    try {
      guest.timer().sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

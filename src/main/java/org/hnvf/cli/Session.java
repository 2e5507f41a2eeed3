package org.hnvf.cli;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.ToIntFunction;
import org.hnvf.daemon.Daemon;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.exec.ProcessRunner;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.SystemException;
import org.hnvf.rcconf.CarriageReturns;
import org.hnvf.rcconf.RcConf;
import org.hnvf.service.HookLog;
import org.hnvf.service.HookRunner;
import org.hnvf.service.Machine;
import org.hnvf.service.Orchestrator;
import org.hnvf.service.Wiring;
import org.hnvf.settings.SettingsFile;

/** A guest that is open for one verb. Its changes are stored when the session is closed. */
final class Session implements AutoCloseable {

  private final Orchestrator orchestrator;
  private final OpenGuest guest;

  /** The hooks that are due. */
  private final Deque<Runnable> hooks;

  private Session(Orchestrator orchestrator, OpenGuest guest, Deque<Runnable> hooks) {
    this.orchestrator = orchestrator;
    this.guest = guest;
    this.hooks = hooks;
  }

  /** Creates a session on a guest, which is closed with it. */
  static Session on(OpenGuest guest, SettingsReader settings, Console console)
      throws HnvfException {
    try {
      Machine machine = guest.machine();
      Deque<Runnable> later = new ArrayDeque<>();
      return new Session(
          Wiring.orchestrator(
              machine,
              settings.read(settingsOf(machine)),
              guest.owner(),
              new LogProgress(console::log, console::progress),
              new HookRunner(machine, guest.owner(), later::add, hookLog(console))),
          guest,
          later);
    } catch (HnvfException e) {
      guest.close();
      throw e;
    }
  }

  private static HookLog hookLog(Console console) {
    return new HookLog() {
      @Override
      public void fact(HnUnit unit, String text) {
        console.log("hn" + unit + ": " + text);
      }

      @Override
      public void fault(HnUnit unit, String text) {
        fact(unit, text);
      }
    };
  }

  /** Returns the configuration file of a guest. */
  static SettingsFile settingsOf(Machine machine) {
    return SettingsFile.under(machine.prefix(), machine.files());
  }

  /** Returns the configuration in one rc.conf file for this interface's pair. */
  static GuestConfig guestConfig(Path rcConf, InterfaceName name) throws HnvfException {
    Path file = rcConf.toAbsolutePath();
    String text = new NioDurableFiles(Path.of("/")).read(file.normalize().toString()).orElse("");
    return new RcConf(new ProcessRunner())
        .evaluateFile(file)
        .warning(CarriageReturns.in(file.toString(), text))
        .guestConfig(name);
  }

  /**
   * Carries out a verb and shows its result, and then runs the hooks, because they may take long:
   * the lock of the pair is free by then.
   *
   * @param verb the verb
   * @param show prints the result and returns the exit status
   */
  <T> int carryOut(Daemon.Deed<T> verb, ToIntFunction<T> show) throws HnvfException {
    try {
      return show.applyAsInt(verb.by(orchestrator));
    } finally {
      for (Runnable due = hooks.poll(); due != null; due = hooks.poll()) {
        due.run();
      }
    }
  }

  Orchestrator orchestrator() {
    return orchestrator;
  }

  @Override
  public void close() throws SystemException {
    try (OpenGuest closing = guest) {
      closing.keep();
    }
  }
}

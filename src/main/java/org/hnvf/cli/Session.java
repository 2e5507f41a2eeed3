package org.hnvf.cli;

import java.nio.file.Path;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.exec.ProcessRunner;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.SystemException;
import org.hnvf.rcconf.CarriageReturns;
import org.hnvf.rcconf.RcConf;
import org.hnvf.service.Machine;
import org.hnvf.service.Orchestrator;
import org.hnvf.service.Wiring;
import org.hnvf.settings.SettingsFile;

/** A guest that is open for one verb. Its changes are stored when the session is closed. */
final class Session implements AutoCloseable {

  private final Orchestrator orchestrator;
  private final OpenGuest guest;

  private Session(Orchestrator orchestrator, OpenGuest guest) {
    this.orchestrator = orchestrator;
    this.guest = guest;
  }

  /** Creates a session on a guest, which is closed with it. */
  static Session on(OpenGuest guest, SettingsReader settings, Console console)
      throws HnvfException {
    try {
      Machine machine = guest.machine();
      return new Session(
          Wiring.orchestrator(
              machine,
              settings.read(settingsOf(machine)),
              guest.owner(),
              new LogProgress(console::log, console::progress)),
          guest);
    } catch (HnvfException e) {
      guest.close();
      throw e;
    }
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

package org.hnvf.cli;

import com.sun.security.auth.module.UnixSystem;
import java.nio.file.Path;
import java.util.Optional;
import org.hnvf.exec.GuestDirectory;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.exec.ProcessRunner;
import org.hnvf.exec.SystemTimer;
import org.hnvf.lab.SimulatedMachine;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceConfig;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.rcconf.RcConf;
import org.hnvf.service.Machine;
import org.hnvf.service.Orchestrator;
import org.hnvf.service.Wiring;
import org.hnvf.settings.SettingsFile;

/** A guest that is open for one verb. A simulated one is kept when the session closes. */
final class Session implements AutoCloseable {

  private final Orchestrator orchestrator;
  private final Optional<SimulatedMachine> simulated;

  private Session(Orchestrator orchestrator, Optional<SimulatedMachine> simulated) {
    this.orchestrator = orchestrator;
    this.simulated = simulated;
  }

  /**
   * The machine that hnvf runs on.
   *
   * @throws UserException where that is no FreeBSD (no such pair), or the caller is not root
   */
  static Session real(SettingsReader settings, Console console) throws HnvfException {
    return open(realMachine(), settings, OwnerPolicy.ROOT, console);
  }

  private static Session open(
      Machine machine, SettingsReader settings, OwnerPolicy owner, Console console)
      throws HnvfException {
    return new Session(
        Wiring.orchestrator(
            machine, settings.read(settingsOf(machine)), owner, new LogProgress(console::log)),
        Optional.empty());
  }

  /** The same, not opened for a verb. */
  static Machine realMachine() throws UserException {
    String system = System.getProperty("os.name");
    if (!"FreeBSD".equals(system)) {
      throw UserException.noSuchPair(
          "this machine runs " + system + ", not FreeBSD; --sim works on a simulated guest");
    }
    if (!isRoot()) {
      throw UserException.notRoot(
          "only root can look at and change the network of this machine; --sim works on a simulated"
              + " guest");
    }
    Path root = Path.of("/");
    return new Machine(
        new ProcessRunner(), new NioDurableFiles(root), new SystemTimer(), root, "", prefix());
  }

  /** A guest in a directory of this machine, as {@link #guestInDirectory} has it. */
  static Session inDirectory(Path directory, SettingsReader settings, Console console)
      throws HnvfException {
    return open(guestInDirectory(directory), settings, owner(), console);
  }

  /**
   * A guest whose programs and files are in a directory of this machine, as {@code hnvf sandbox}
   * makes it.
   *
   * @throws UserException (configuration) where the caller is root, and somebody else may have put
   *     programs there
   */
  static Machine guestInDirectory(Path directory) throws HnvfException {
    GuestDirectory place = GuestDirectory.open(directory, isRoot());
    return new Machine(
        place.runner(),
        new NioDurableFiles(place.root()),
        new SystemTimer(),
        place.root(),
        place.root().toString(),
        Machine.USUAL_PREFIX);
  }

  /** Who must own the override scripts of such a guest: as root, nobody else's are run. */
  static OwnerPolicy owner() {
    return isRoot() ? OwnerPolicy.ROOT : OwnerPolicy.ANYBODY;
  }

  private static boolean isRoot() {
    return new UnixSystem().getUid() == 0;
  }

  /** The simulated guest that is kept in {@code directory}. */
  static Session simulated(Path directory, SettingsReader settings, Console console)
      throws HnvfException {
    SimulatedMachine simulated = SimulatedMachine.open(directory, new ProcessRunner());
    try {
      Machine machine = simulated.machine();
      return new Session(
          Wiring.orchestrator(
              machine,
              settings.read(settingsOf(machine)),
              OwnerPolicy.ANYBODY,
              new LogProgress(console::log)),
          Optional.of(simulated));
    } catch (HnvfException e) {
      simulated.close();
      throw e;
    }
  }

  /** Where hnvf is installed on this machine: what starts it says so. */
  static String prefix() {
    return System.getProperty("hnvf.prefix", Machine.USUAL_PREFIX);
  }

  /** The configuration file of a guest. */
  static SettingsFile settingsOf(Machine machine) {
    return SettingsFile.under(machine.prefix(), machine.files());
  }

  /** What one file of rc.conf says of an interface. */
  static InterfaceConfig interfaceConfig(Path rcConf, InterfaceName name) throws HnvfException {
    return new RcConf(new ProcessRunner())
        .evaluateFile(rcConf.toAbsolutePath())
        .interfaceConfig(name);
  }

  Orchestrator orchestrator() {
    return orchestrator;
  }

  @Override
  public void close() throws SystemException {
    if (simulated.isPresent()) {
      try (SimulatedMachine machine = simulated.get()) {
        machine.save();
      }
    }
  }
}

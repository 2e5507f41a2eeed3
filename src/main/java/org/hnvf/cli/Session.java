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
    String system = System.getProperty("os.name");
    if (!"FreeBSD".equals(system)) {
      throw UserException.noSuchPair(
          "this machine runs " + system + ", not FreeBSD; --sim works on a simulated guest");
    }
    if (new UnixSystem().getUid() != 0) {
      throw UserException.notRoot(
          "only root can look at and change the network of this machine; --sim works on a simulated"
              + " guest");
    }
    Path root = Path.of("/");
    Machine machine =
        new Machine(
            new ProcessRunner(), new NioDurableFiles(root), new SystemTimer(), root, "", prefix());
    return new Session(
        Wiring.orchestrator(
            machine,
            settings.read(settingsOf(machine)),
            OwnerPolicy.ROOT,
            new ConsoleProgress(console)),
        Optional.empty());
  }

  /**
   * A guest whose programs and files are in a directory of this machine, as {@code hnvf sandbox}
   * makes it.
   *
   * @throws UserException (configuration) where the caller is root, and somebody else may have put
   *     programs there
   */
  static Session guestBin(Path directory, SettingsReader settings, Console console)
      throws HnvfException {
    boolean root = new UnixSystem().getUid() == 0;
    GuestDirectory place = GuestDirectory.open(directory, root);
    Machine machine =
        new Machine(
            place.runner(),
            new NioDurableFiles(place.root()),
            new SystemTimer(),
            place.root(),
            place.root().toString(),
            Machine.USUAL_PREFIX);
    return new Session(
        Wiring.orchestrator(
            machine,
            settings.read(settingsOf(machine)),
            root ? OwnerPolicy.ROOT : OwnerPolicy.ANYBODY,
            new ConsoleProgress(console)),
        Optional.empty());
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
              new ConsoleProgress(console)),
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

  private static SettingsFile settingsOf(Machine machine) {
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

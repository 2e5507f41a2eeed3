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
import org.hnvf.model.Strategy;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.rcconf.RcConf;
import org.hnvf.service.Machine;
import org.hnvf.service.Orchestrator;
import org.hnvf.service.Wiring;

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
  static Session real(Strategy strategy, Console console) throws UserException {
    return new Session(
        Wiring.orchestrator(
            realMachine(), strategy, OwnerPolicy.ROOT, new LogProgress(console::log)),
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
    return new Machine(new ProcessRunner(), new NioDurableFiles(root), new SystemTimer(), root);
  }

  /** A guest in a directory of this machine, as {@link #guestInDirectory} has it. */
  static Session inDirectory(Path directory, Strategy strategy, Console console)
      throws HnvfException {
    return new Session(
        Wiring.orchestrator(
            guestInDirectory(directory), strategy, owner(), new LogProgress(console::log)),
        Optional.empty());
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
        place.root().toString());
  }

  /** Who must own the override scripts of such a guest: as root, nobody else's are run. */
  static OwnerPolicy owner() {
    return isRoot() ? OwnerPolicy.ROOT : OwnerPolicy.ANYBODY;
  }

  private static boolean isRoot() {
    return new UnixSystem().getUid() == 0;
  }

  /** The simulated guest that is kept in {@code directory}. */
  static Session simulated(Path directory, Strategy strategy, Console console)
      throws HnvfException {
    SimulatedMachine machine = SimulatedMachine.open(directory, new ProcessRunner());
    return new Session(
        Wiring.orchestrator(
            machine.machine(), strategy, OwnerPolicy.ANYBODY, new LogProgress(console::log)),
        Optional.of(machine));
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

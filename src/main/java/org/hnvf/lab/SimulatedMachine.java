package org.hnvf.lab;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.hnvf.exec.CommandRunner;
import org.hnvf.exec.DurableFiles;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.exec.SystemTimer;
import org.hnvf.exec.Timer;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;
import org.hnvf.rcconf.EvaluatedRcConf;
import org.hnvf.rcconf.RcConf;
import org.hnvf.report.Json;
import org.hnvf.service.Machine;
import org.hnvf.sim.GuestImage;
import org.hnvf.sim.RcConfShell;
import org.hnvf.sim.Scenario;
import org.hnvf.sim.SimulatedGuest;
import org.jspecify.annotations.Nullable;

/**
 * A simulated guest that is kept in a directory between calls: {@code guest.json} is what the guest
 * is, {@code root/} are its files, to be looked at and edited by hand.
 */
public final class SimulatedMachine implements AutoCloseable {

  private static final String IMAGE = "/guest.json";
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(10);

  /** The kinds of guests there are, by name. */
  public static final ImmutableMap<String, String> KINDS =
      ImmutableMap.of(
          "azure", "one NIC by DHCP, as on Azure",
          "static", "one NIC with static IPv4, an alias, IPv6 and a default route",
          "slaac", "one NIC by DHCP, with IPv6 from router advertisements",
          "two", "two NICs by DHCP",
          "vlans", "as static, with the VLANs vlan7 and hn0.100",
          "late-path", "as azure, with the hn(4) of 2026, which switches the data path 4 s later",
          "transparent", "as azure, with hw.hn.vf_transparent=1",
          "foreign-lagg", "as azure, with a lagg0 of another owner");

  private final SimulatedGuest guest;
  private final DurableFiles store;
  private final DurableFiles.Lock lock;

  private SimulatedMachine(SimulatedGuest guest, DurableFiles store, DurableFiles.Lock lock) {
    this.guest = guest;
    this.store = store;
    this.lock = lock;
  }

  /** A guest of the kind {@code azure}, of which nothing is kept. */
  public static SimulatedGuest freshGuest(CommandRunner host) {
    return Scenario.azure().shell(new RcConfShell(host)).start();
  }

  /**
   * Opens the guest that is kept in a directory; makes one of the kind {@code azure} where there is
   * none.
   *
   * @param host runs programs on the machine that hnvf runs on: sh, to evaluate the guest's rc.conf
   * @throws SystemException (busy) where another hnvf has it open for long
   */
  public static SimulatedMachine open(Path directory, CommandRunner host)
      throws SystemException, UserException {
    return open(directory, host, new SystemTimer());
  }

  /**
   * The same.
   *
   * @param wall waits for another hnvf that has it open
   */
  public static SimulatedMachine open(Path directory, CommandRunner host, Timer wall)
      throws SystemException, UserException {
    return open(directory, new NioDurableFiles(directory.toAbsolutePath()), host, wall);
  }

  /**
   * Opens a guest for a caller that opens it again and again and has the files of the directory.
   */
  static SimulatedMachine open(Path directory, DurableFiles store, CommandRunner host)
      throws SystemException, UserException {
    return open(directory, store, host, new SystemTimer());
  }

  private static SimulatedMachine open(
      Path directory, DurableFiles store, CommandRunner host, Timer wall)
      throws SystemException, UserException {
    DurableFiles.Lock lock = lock(directory, store, wall);
    try {
      return open(directory, store, lock, host);
    } catch (SystemException | UserException e) {
      lock.close();
      throw e;
    }
  }

  private static SimulatedMachine open(
      Path directory, DurableFiles store, DurableFiles.Lock lock, CommandRunner host)
      throws SystemException, UserException {
    Optional<String> image = store.read(IMAGE);
    return image.isPresent()
        ? new SimulatedMachine(restore(directory, image.get(), host), store, lock)
        : new SimulatedMachine(make(directory, scenario("azure"), host), store, lock);
  }

  /**
   * Forgets the guest that is kept in a directory and makes a new one of this kind.
   *
   * @throws UserException (usage) where there is no such kind
   */
  public static SimulatedMachine reset(Path directory, String kind, CommandRunner host)
      throws SystemException, UserException {
    return reset(directory, scenario(kind), host, new SystemTimer());
  }

  /**
   * The same, with a guest whose story begins now.
   *
   * @param wall knows when that is, and waits for another hnvf that has it open
   * @throws UserException (usage) where there is no such kind
   */
  public static SimulatedMachine reset(Path directory, String kind, CommandRunner host, Timer wall)
      throws SystemException, UserException {
    return reset(directory, scenario(kind).startAt(wall.now()), host, wall);
  }

  /**
   * Deletes the guest that is kept in a directory and boots a new one from a given rc.conf.
   *
   * @param rcConf the file
   * @param console receives the errors of rc(8)
   * @throws UserException (configuration) if the file does not exist, or is in error
   */
  public static SimulatedMachine reset(
      Path directory, Path rcConf, CommandRunner host, Consumer<String> console)
      throws SystemException, UserException {
    Path file = rcConf.toAbsolutePath().normalize();
    EvaluatedRcConf evaluated = new RcConf(host).evaluateFile(file);
    String text = new NioDurableFiles(Path.of("/")).read(file.toString()).orElse("");
    RcBoot boot = new RcBoot(text, evaluated);
    DurableFiles store = new NioDurableFiles(directory.toAbsolutePath());
    DurableFiles.Lock lock = emptied(directory, store, new SystemTimer());
    SimulatedGuest guest = boot.start(kept(directory, Scenario.bare(), host));
    boot.complaints().forEach(console);
    return new SimulatedMachine(guest, store, lock);
  }

  private static SimulatedMachine reset(
      Path directory, Scenario scenario, CommandRunner host, Timer wall) throws SystemException {
    DurableFiles store = new NioDurableFiles(directory.toAbsolutePath());
    DurableFiles.Lock lock = emptied(directory, store, wall);
    return new SimulatedMachine(make(directory, scenario, host), store, lock);
  }

  /** The lock of a directory that holds no guest any more. */
  private static DurableFiles.Lock emptied(Path directory, DurableFiles store, Timer wall)
      throws SystemException {
    DurableFiles.Lock lock = lock(directory, store, wall);
    try {
      store.delete(IMAGE);
      deleteTree(directory.resolve("root"));
      return lock;
    } catch (SystemException e) {
      lock.close();
      throw e;
    }
  }

  /** Whether a guest is kept in this directory. */
  public static boolean isIn(Path directory) {
    return Files.exists(directory.resolve(IMAGE.substring(1)));
  }

  /** The guest. */
  public SimulatedGuest guest() {
    return guest;
  }

  /** The guest, as the rest of the program sees it. */
  public Machine machine() {
    return new Machine(guest, new NioDurableFiles(guest.root()), guest.timer(), guest.root());
  }

  /** Keeps the guest as it is now. */
  public void save() throws SystemException {
    store.write(IMAGE, new Json().print(guest.image()));
  }

  /** Lets others open it; what was not saved is forgotten. */
  @Override
  public void close() {
    lock.close();
  }

  /** Takes the lock; another process usually has it for one command only. */
  private static DurableFiles.Lock lock(Path directory, DurableFiles store, Timer wall)
      throws SystemException {
    for (long polls = PATIENCE.dividedBy(POLL); polls > 0; polls--) {
      Optional<DurableFiles.Lock> lock = store.tryLock("/lock", "a simulated guest");
      if (lock.isPresent()) {
        return lock.get();
      }
      try {
        wall.sleep(POLL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    throw SystemException.busy("another hnvf works on the simulated guest in " + directory);
  }

  private static SimulatedGuest make(Path directory, Scenario scenario, CommandRunner host) {
    return kept(directory, scenario, host).start();
  }

  private static Scenario kept(Path directory, Scenario scenario, CommandRunner host) {
    return scenario.root(directory.toAbsolutePath().resolve("root")).shell(new RcConfShell(host));
  }

  private static SimulatedGuest restore(Path directory, String image, CommandRunner host)
      throws UserException {
    try {
      return SimulatedGuest.restore(
          new Json().read(image, GuestImage.class),
          directory.toAbsolutePath().resolve("root"),
          new RcConfShell(host));
    } catch (IllegalArgumentException e) {
      throw UserException.badData(
          directory
              + "/guest.json cannot be read ("
              + e.getMessage()
              + "); `hnvf sim reset --sim="
              + directory
              + "` makes a new guest");
    }
  }

  private static Scenario scenario(String kind) throws UserException {
    return switch (kind) {
      case "azure" -> Scenario.azure();
      case "static" -> Scenario.staticGuest();
      case "slaac" -> Scenario.azure().slaac();
      case "two" -> Scenario.azure().nics(2).dhcpOnAllNics();
      case "transparent" -> Scenario.azure().transparent();
      case "vlans" ->
          Scenario.staticGuest()
              .rcConf("cloned_interfaces=\"vlan7\"")
              .rcConf(
                  "ifconfig_vlan7=\"inet 198.51.100.5/24 vlan 7 vlandev hn0 vlanpcp 3 mtu 1400\"")
              .rcConf("vlans_hn0=\"100\"")
              .rcConf("ifconfig_hn0_100=\"inet 192.0.2.5/24\"");
      case "late-path" -> Scenario.azure().pathSwitchedAfter(Duration.ofSeconds(4));
      case "foreign-lagg" -> Scenario.azure().foreignLagg();
      default ->
          throw UserException.usage(
              "no such kind of guest: "
                  + kind
                  + "; there are "
                  + String.join(", ", KINDS.keySet()));
    };
  }

  private static void deleteTree(Path tree) throws SystemException {
    if (!Files.exists(tree)) {
      return;
    }
    try {
      Files.walkFileTree(
          tree,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException problem)
                throws IOException {
              if (problem != null) {
                throw problem;
              }
              Files.delete(directory);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw SystemException.failed("cannot delete " + tree + ": " + e.getMessage(), e);
    }
  }
}

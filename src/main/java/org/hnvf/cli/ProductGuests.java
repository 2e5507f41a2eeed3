package org.hnvf.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.hnvf.exec.GuestDirectory;
import org.hnvf.exec.LineSource;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.exec.ProcessRunner;
import org.hnvf.exec.SocketLines;
import org.hnvf.exec.SystemTimer;
import org.hnvf.model.Command;
import org.hnvf.model.HnvfException;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.service.Machine;
import org.hnvf.settings.SettingsFile;

/** The guests of the product: this machine, and a directory with programs and files. */
public final class ProductGuests implements GuestOpener {

  /** devd(8)'s stream socket, to which it writes an event before it runs an action. */
  private static final String DEVD = "var/run/devd.pipe";

  /** A command that runs until it is ended; its time limit does not apply. */
  private static final Command MONITOR =
      Command.reading(Duration.ofDays(1), "/sbin/route", "-n", "monitor");

  /** A file of FreeBSD's base system that no other system has. */
  private static final String FREEBSD = "bin/freebsd-version";

  private final Path root;
  private final CallerId caller;

  /** Determines the user of this process. */
  @FunctionalInterface
  interface CallerId {

    /**
     * Returns the user id.
     *
     * @throws SystemException if it cannot be determined
     */
    long uid() throws SystemException;
  }

  /** Creates the guests of the machine on which this process runs. */
  public ProductGuests() {
    this(Path.of("/"), () -> ThisProcess.uid(new ProcessRunner()));
  }

  /**
   * Creates the guests of a machine.
   *
   * @param root the machine's root directory
   * @param caller determines the user of this process
   */
  ProductGuests(Path root, CallerId caller) {
    this.root = root;
    this.caller = caller;
  }

  /**
   * The guest of this machine or of a directory, which needs no closing and stores its own changes.
   */
  private record Direct(Machine machine, OwnerPolicy owner, LineSource monitor)
      implements OpenGuest {

    @Override
    public Optional<LineSource> devdLines() {
      return Optional.of(new SocketLines(machine.root().resolve(DEVD)));
    }

    @Override
    public Optional<LineSource> routeMessages() {
      return Optional.of(monitor);
    }

    @Override
    public void onDevdLine(Consumer<String> listener) {}

    @Override
    public void keep() {}

    @Override
    public void close() {}
  }

  @Override
  public OpenGuest open(Optional<Path> guestBin) throws HnvfException {
    return guestBin.isPresent()
        ? inDirectory(guestBin.get())
        : new Direct(thisMachine(), OwnerPolicy.ROOT, new ProcessRunner().following(MONITOR));
  }

  @Override
  public OpenGuest openToStay(Optional<Path> guestBin) throws HnvfException {
    return open(guestBin);
  }

  @Override
  public SettingsFile settings(Optional<Path> guestBin) {
    return guestBin.isPresent()
        ? SettingsFile.under(
            Machine.USUAL_PREFIX, new NioDurableFiles(guestBin.get().resolve("root")))
        : SettingsFile.under(prefix(), new NioDurableFiles(root));
  }

  @Override
  public boolean takes(String word) {
    return false;
  }

  /**
   * Returns the machine on which hnvf runs.
   *
   * <p>The system is determined by a file, not by Java: under FreeBSD's Linux emulation Java
   * reports Linux.
   *
   * @throws UserException if it is not FreeBSD (no such pair), or the caller is not root
   */
  private Machine thisMachine() throws HnvfException {
    if (!isFreeBsd()) {
      throw UserException.noSuchPair(
          "this machine does not run FreeBSD (/"
              + FREEBSD
              + " does not exist or is not executable); use --sim for a simulated guest");
    }
    if (!isRoot()) {
      throw UserException.notRoot(
          "only root can read and change the network of this machine; run hnvf as "
              + "root, or use --sim for a simulated guest");
    }
    return new Machine(
        new ProcessRunner(), new NioDurableFiles(root), new SystemTimer(), root, "", prefix());
  }

  private boolean isFreeBsd() {
    Path program = root.resolve(FREEBSD);
    return Files.isRegularFile(program) && Files.isExecutable(program);
  }

  /**
   * Returns a guest whose programs and files are in a directory of this machine, as {@code hnvf
   * sandbox} creates it.
   *
   * @throws UserException (configuration) if the caller is root, and other users may have put
   *     programs there
   */
  private Direct inDirectory(Path directory) throws HnvfException {
    GuestDirectory place = GuestDirectory.open(directory, isRoot());
    Machine machine =
        new Machine(
            place.runner(),
            new NioDurableFiles(place.root()),
            new SystemTimer(),
            place.root(),
            place.root().toString(),
            Machine.USUAL_PREFIX);
    return new Direct(
        machine, isRoot() ? OwnerPolicy.ROOT : OwnerPolicy.ANYBODY, place.following(MONITOR));
  }

  private boolean isRoot() throws SystemException {
    return caller.uid() == 0;
  }

  /**
   * Returns the directory in which hnvf is installed on this machine, as set by the start script.
   */
  private static String prefix() {
    return System.getProperty("hnvf.prefix", Machine.USUAL_PREFIX);
  }
}

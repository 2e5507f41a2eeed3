package org.hnvf.lab.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.hnvf.cli.GuestOpener;
import org.hnvf.cli.OpenGuest;
import org.hnvf.exec.ProcessRunner;
import org.hnvf.lab.KeptMachine;
import org.hnvf.lab.SimulatedMachine;
import org.hnvf.model.HnvfException;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.service.Machine;
import org.hnvf.settings.SettingsFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Opens the simulated guest of {@code --sim}, and where that was not given what the product opens.
 * The option is the only state: one of these serves one command line.
 */
public final class SimulatedGuests implements GuestOpener {

  /** Below the caller's home directory. */
  private static final String DEFAULT = ".hnvf/sim";

  private static final String OPTION = "--sim";
  private static final String WITH_VALUE = OPTION + "=";

  private final GuestOpener product;
  private final Path home;

  @Option(
      names = OPTION,
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "DIR",
      description =
          "work on a simulated guest that is kept in DIR between calls (default: ~/.hnvf/sim); other"
              + " calls may change it while a daemon serves it")
  private @Nullable String simulated;

  /**
   * The guests of one command line.
   *
   * @param product opens all other guests
   * @param home the caller's home directory, where the simulated guest is kept by default
   */
  public SimulatedGuests(GuestOpener product, Path home) {
    this.product = product;
    this.home = home;
  }

  /** Where the simulated guest is kept, for a verb that means one with or without the option. */
  Path directory() {
    return given().orElseGet(() -> home.resolve(DEFAULT));
  }

  private Optional<Path> given() {
    return Optional.ofNullable(simulated)
        .map(dir -> dir.isEmpty() ? home.resolve(DEFAULT) : Path.of(dir));
  }

  private Optional<Path> given(Optional<Path> guestBin) throws UserException {
    Optional<Path> directory = given();
    if (directory.isPresent() && guestBin.isPresent()) {
      throw UserException.usage(
          "--sim and --guest-bin cannot be used together: each names a guest");
    }
    return directory;
  }

  @Override
  public OpenGuest open(Optional<Path> guestBin) throws HnvfException {
    Optional<Path> directory = given(guestBin);
    return directory.isPresent()
        ? new ForOneVerb(SimulatedMachine.open(directory.get(), new ProcessRunner()))
        : product.open(guestBin);
  }

  @Override
  public OpenGuest openToStay(Optional<Path> guestBin) throws HnvfException {
    Optional<Path> directory = given(guestBin);
    return directory.isPresent()
        ? new Resident(KeptMachine.open(directory.get(), new ProcessRunner()))
        : product.openToStay(guestBin);
  }

  /** A guest that is not there yet is made, so that it has a file or none. */
  @Override
  public SettingsFile settings(Optional<Path> guestBin) throws HnvfException {
    Optional<Path> directory = given(guestBin);
    if (directory.isEmpty()) {
      return product.settings(guestBin);
    }
    try (SimulatedMachine open = SimulatedMachine.open(directory.get(), new ProcessRunner())) {
      Machine machine = open.machine();
      return SettingsFile.under(machine.prefix(), machine.files());
    }
  }

  @Override
  public boolean takes(String word) {
    if (word.equals(OPTION)) {
      simulated = "";
      return true;
    }
    if (word.startsWith(WITH_VALUE) && word.length() > WITH_VALUE.length()) {
      simulated = word.substring(WITH_VALUE.length());
      return true;
    }
    return product.takes(word);
  }

  /** A guest that no other process opens meanwhile. */
  private record ForOneVerb(SimulatedMachine open) implements OpenGuest {

    @Override
    public Machine machine() {
      return open.machine();
    }

    @Override
    public OwnerPolicy owner() {
      return OwnerPolicy.ANYBODY;
    }

    /** Who plugs a VF is told by {@code hnvf sim} what devd would say. */
    @Override
    public void onDevdLine(Consumer<String> listener) {}

    @Override
    public void keep() throws SystemException {
      open.save();
    }

    @Override
    public void close() {
      open.close();
    }
  }

  /** One that is opened for each command, and kept after it. */
  private record Resident(KeptMachine kept) implements OpenGuest {

    @Override
    public Machine machine() {
      return kept.machine();
    }

    @Override
    public OwnerPolicy owner() {
      return OwnerPolicy.ANYBODY;
    }

    @Override
    public void onDevdLine(Consumer<String> listener) {
      kept.onEvent(event -> listener.accept(event.line()));
    }

    @Override
    public void keep() {}

    @Override
    public void close() {}
  }
}

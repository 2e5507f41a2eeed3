package org.hnvf.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --guest-bin}: another guest than this machine. */
final class GuestBin {

  @Option(
      names = "--guest-bin",
      paramLabel = "DIR",
      description =
          "run the guest's programs from DIR/bin, and take DIR/root as its root directory:"
              + " `hnvf sandbox DIR` makes both")
  private @Nullable Path directory;

  /** Returns the directory of the guest's programs and files, if one is named. */
  Optional<Path> directory() {
    return Optional.ofNullable(directory);
  }
}

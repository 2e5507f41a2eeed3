package org.hnvf.lab.cli;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hnvf.cli.Console;
import org.hnvf.cli.LogProgress;
import org.hnvf.cli.OverrideView;
import org.hnvf.cli.ProductGuests;
import org.hnvf.lab.sandbox.OverrideTrial;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.UserException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hnvf override try HN [FILE]}. */
@Command(
    name = "try",
    description =
        "Runs an override script for HN on a new simulated guest that has just got a VF, and shows"
            + " the pair before and after it. The script finds the guest's programs by its search"
            + " path; one that names /sbin/ifconfig or sets PATH is refused.")
final class TryCommand implements Callable<Integer> {

  /** Where scripts are looked for if none is named. */
  private static final String[] PLACES = {
    "/usr/local/libexec/hnvf/hyperv_vfup.", "/usr/libexec/hyperv/hyperv_vfup."
  };

  private final Console console;

  @Parameters(index = "0", paramLabel = "HN", description = "the synthetic NIC, such as hn0")
  private @Nullable String name;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FILE",
      description = "the script (default: that of HN on this machine)")
  private @Nullable Path file;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      defaultValue = "azure",
      completionCandidates = GuestKinds.class,
      description =
          "the simulated guest: azure, static, slaac, two, vlans, late-path, transparent or"
              + " foreign-lagg (default: azure)")
  private String kind = "azure";

  @Option(names = "--json", description = "show the answer as data")
  private boolean json;

  TryCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws HnvfException {
    InterfaceName hn = InterfaceName.parse(requireNonNull(name));
    Path script = file == null ? ofThisMachine(hn) : file;
    OverrideTrial.Outcome outcome =
        new OverrideTrial(
                new ProductGuests(), new LogProgress(console::log, console::progress), console::log)
            .of(hn, script, kind);
    return outcome.run().isPresent()
        ? OverrideView.show(outcome.run().get(), json, console)
        : OverrideView.show(hn, outcome.findings(), json, console);
  }

  private static Path ofThisMachine(InterfaceName hn) throws UserException {
    for (String place : PLACES) {
      Path path = Path.of(place + hn);
      if (Files.exists(path)) {
        return path;
      }
    }
    throw UserException.usage(
        "this machine has no script "
            + String.join(hn + " and no ", PLACES)
            + hn
            + "; name one: hnvf override try "
            + hn
            + " FILE");
  }
}

package org.hnvf.cli;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hnvf.exec.DurableFiles;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.model.ExitCode;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.PairDependents;
import org.hnvf.model.UserException;
import org.hnvf.report.ConfigView;
import org.hnvf.report.SettingsView;
import org.hnvf.settings.GivenSettings;
import org.hnvf.settings.SettingsFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hnvf config HN}, and {@code hnvf config --check [FILE]}. */
@Command(
    name = "config",
    description =
        "Shows the configuration of HN in rc.conf: the ifconfig commands that FreeBSD's "
            + "netif would run. With --check: checks hnvf's own configuration file, and shows "
            + "the settings. Changes nothing.")
final class ConfigCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final GuestOptions place = new GuestOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "HN|FILE",
      description = "the interface, such as hn0; with --check a file (default: the guest's own)")
  private @Nullable String subject;

  @Option(
      names = "--rc-conf",
      paramLabel = "FILE",
      description = "read this file, after the defaults, instead of the guest's rc.conf")
  private @Nullable Path rcConf;

  @Option(names = "--check", description = "check hnvf.json, and show each setting with its source")
  private boolean check;

  ConfigCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws HnvfException {
    if (check) {
      check();
    } else if (subject == null) {
      throw UserException.usage("config needs an interface such as hn0, or --check");
    } else {
      show(InterfaceName.parse(subject));
    }
    return ExitCode.OK.status();
  }

  private void show(InterfaceName hn) throws HnvfException {
    if (rcConf == null) {
      try (Session session = place.openRegardless(console)) {
        GuestConfig config = session.orchestrator().config(hn);
        show(config, session.orchestrator().dependents(config));
      }
    } else {
      GuestConfig config = Session.guestConfig(rcConf, hn);
      show(config, new PairDependents(hn, ImmutableList.of(), config.warnings()));
    }
  }

  private void show(GuestConfig config, PairDependents dependents) {
    if (place.json()) {
      console.json(ConfigView.data(config.hn(), dependents));
    } else {
      console.answer(ConfigView.text(config.hn(), dependents));
    }
  }

  private void check() throws HnvfException {
    if (rcConf != null) {
      throw UserException.usage(
          "--rc-conf and --check cannot be used together: --rc-conf shows an "
              + "interface, --check checks hnvf.json");
    }
    if (subject != null) {
      checkDraft(Path.of(subject));
      return;
    }
    show(console.guests().settings(place.guestBin()));
  }

  private void show(SettingsFile file) throws HnvfException {
    show(file.path(), file.read());
  }

  /** Checks a draft, which may belong to any user, but must exist. */
  private void checkDraft(Path draft) throws HnvfException {
    String path = draft.toAbsolutePath().normalize().toString();
    DurableFiles files = new NioDurableFiles(Path.of("/"));
    if (!files.exists(path)) {
      throw UserException.usage("the file to check does not exist: " + draft);
    }
    show(path, new SettingsFile(files, path).readAnybodys());
  }

  private void show(String path, GivenSettings given) {
    if (place.json()) {
      console.json(SettingsView.data(path, given.settings(), given.given()));
    } else {
      console.answer(SettingsView.table(path, given.settings(), given.given()));
    }
  }
}

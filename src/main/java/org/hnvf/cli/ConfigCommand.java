package org.hnvf.cli;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceConfig;
import org.hnvf.model.InterfaceName;
import org.hnvf.report.ConfigView;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hnvf config HN}. */
@Command(
    name = "config",
    description =
        "Shows what rc.conf says of HN: the ifconfig commands that FreeBSD's netif would run. "
            + "Changes nothing.")
final class ConfigCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final Place place = new Place();

  @Parameters(paramLabel = "HN", description = "the interface, such as hn0")
  private @Nullable String name;

  @Option(
      names = "--rc-conf",
      paramLabel = "FILE",
      description = "read this file, after the defaults, instead of the guest's rc.conf")
  private @Nullable Path rcConf;

  ConfigCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws HnvfException {
    InterfaceName hn = InterfaceName.parse(requireNonNull(name));
    InterfaceConfig config;
    if (rcConf == null) {
      try (Session session = place.open(console)) {
        config = session.orchestrator().config(hn).hn();
      }
    } else {
      config = Session.interfaceConfig(rcConf, hn);
    }
    if (place.json()) {
      console.json(ConfigView.data(config));
    } else {
      console.answer(ConfigView.text(config));
    }
    return ExitCode.OK.status();
  }
}

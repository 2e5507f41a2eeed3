package org.hnvf.cli;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program itself: it only has verbs. */
@Command(
    name = "hnvf",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Version.class,
    description = "Keeps a FreeBSD guest on Hyper-V reachable while its network VF comes and goes.",
    footer = {
      "",
      "Exit status: 0 done or nothing to do; 64 usage; 65 bad data; 69 no such pair;",
      "70 a bug of hnvf; 71 the system failed and was rolled back; 74 done but not",
      "stored; 75 busy, try again; 77 not root; 78 configuration."
    },
    subcommands = {
      StatusCommand.class,
      HistoryCommand.class,
      ReportCommand.class,
      MetricsCommand.class,
      PlanCommand.class,
      ConfigCommand.class,
      FailoverCommand.class,
      FailbackCommand.class,
      ReleaseCommand.class,
      AttachCommand.class,
      VfUpCommand.class,
      VfDownCommand.class,
      EventCommand.class,
      DaemonCommand.class,
      OverrideCommand.class,
      CaptureCommand.class,
      DoctorCommand.class,
      VersionCommand.class
    })
final class HnvfCommand implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(requireNonNull(spec).commandLine(), "a verb is missing");
  }
}

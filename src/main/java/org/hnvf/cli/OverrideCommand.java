package org.hnvf.cli;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hnvf override}: it only has verbs. */
@Command(
    name = "override",
    description =
        "Lists, checks and runs the override scripts hyperv_vfup.hnX, which replace the workflow"
            + " of an interface.",
    subcommands = {OverrideListCommand.class, OverrideCheckCommand.class, OverrideRunCommand.class})
final class OverrideCommand implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    CommandSpec self = requireNonNull(spec);
    throw new ParameterException(
        self.commandLine(),
        "override needs one of " + String.join(", ", self.subcommands().keySet()));
  }
}

package org.hnvf.lab.cli;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import org.hnvf.cli.Cli;
import org.hnvf.cli.Console;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The command line of the laboratory: that of the product, with more verbs and {@code --sim}. */
public final class LabVerbs {

  /** The verbs of the product that work on a guest have this option. */
  private static final String ON_A_GUEST = "--guest-bin";

  private LabVerbs() {}

  /**
   * The command line of the laboratory.
   *
   * @param out where answers go
   * @param err where messages go, one line a fact
   * @param guests opens the guest that is meant
   */
  public static Cli commandLine(PrintWriter out, PrintWriter err, SimulatedGuests guests) {
    return new Cli(out, err, guests, (line, console) -> add(line, console, guests));
  }

  private static void add(CommandLine line, Console console, SimulatedGuests guests) {
    addOptions(line, guests);
    requireNonNull(line.getSubcommands().get("override")).addSubcommand(new TryCommand(console));
    line.addSubcommand(new DemoCommand(console));
    CommandLine sim = new CommandLine(new SimCommand(console, guests));
    line.addSubcommand(sim);
    SimCommand.ON_A_KEPT_GUEST.forEach(
        verb -> addOption(requireNonNull(sim.getSubcommands().get(verb)), guests));
    sim.addSubcommand(new SoakCommand(console));
    line.addSubcommand(new SandboxCommand(console));
    line.addSubcommand(new RehearseCommand(console, System.in));
  }

  private static void addOptions(CommandLine line, SimulatedGuests guests) {
    for (CommandLine verb : line.getSubcommands().values()) {
      if (verb.getCommandSpec().optionsMap().containsKey(ON_A_GUEST)) {
        addOption(verb, guests);
      }
      addOptions(verb, guests);
    }
  }

  private static void addOption(CommandLine verb, SimulatedGuests guests) {
    verb.getCommandSpec().addMixin("simulated", CommandSpec.forAnnotatedObject(guests));
  }
}

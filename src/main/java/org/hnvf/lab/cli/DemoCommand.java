package org.hnvf.lab.cli;

import com.google.common.base.Strings;
import java.util.concurrent.Callable;
import org.hnvf.cli.Console;
import org.hnvf.exec.ProcessRunner;
import org.hnvf.lab.Demo;
import org.hnvf.lab.SimulatedMachine;
import org.hnvf.lab.Story;
import org.hnvf.lab.StoryLine;
import org.hnvf.lab.StoryView;
import org.hnvf.lab.compare.Comparison;
import org.hnvf.lab.compare.ComparisonView;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnvfException;
import org.hnvf.sim.RcConfShell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hnvf demo}. */
@Command(
    name = "demo",
    description =
        "Shows a failover from beginning to end on a simulated guest: a VF attaches, is "
            + "revoked, comes back under another name; failover and failback by hand. With "
            + "--compare: the same for the base system's scripts and for hnvf, side by side.")
final class DemoCommand implements Callable<Integer> {

  private final Console console;

  @Option(names = "--json", description = "show the answer as data")
  private boolean json;

  @Option(
      names = "--compare",
      description = "how long guests are cut off, with the base system's scripts and with hnvf")
  private boolean compare;

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws HnvfException {
    return compare ? compare() : tell();
  }

  private Integer compare() throws HnvfException {
    Comparison comparison = Comparison.run(new RcConfShell(new ProcessRunner()));
    if (json) {
      console.json(ComparisonView.data(comparison));
    } else {
      console.answer(ComparisonView.table(comparison));
    }
    return ExitCode.OK.status();
  }

  private Integer tell() throws HnvfException {
    Demo demo =
        new Demo(SimulatedMachine.freshGuest(new ProcessRunner()), json ? line -> {} : this::show);
    Story story = demo.tell();
    if (json) {
      console.json(StoryView.data(story));
    } else {
      console.answer("\n" + StoryView.table(story));
    }
    return (story.succeeded() ? ExitCode.OK : ExitCode.SYSTEM).status();
  }

  private void show(StoryLine line) {
    console.answer(
        String.format(
            "%9.3f  %s  %s%n",
            line.at().toMillis() / 1000.0, Strings.padEnd(line.who(), 5, ' '), line.text()));
  }
}

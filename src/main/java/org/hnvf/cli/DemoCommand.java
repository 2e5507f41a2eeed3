package org.hnvf.cli;

import com.google.common.base.Strings;
import java.util.concurrent.Callable;
import org.hnvf.exec.ProcessRunner;
import org.hnvf.lab.Demo;
import org.hnvf.lab.SimulatedMachine;
import org.hnvf.lab.Story;
import org.hnvf.lab.StoryLine;
import org.hnvf.lab.StoryView;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnvfException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hnvf demo}. */
@Command(
    name = "demo",
    description =
        "Tells the whole story on a simulated guest: a VF attaches, is revoked, comes back under "
            + "another name; failover and failback by hand.")
final class DemoCommand implements Callable<Integer> {

  private final Console console;

  @Option(names = "--json", description = "show the answer as data")
  private boolean json;

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws HnvfException {
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

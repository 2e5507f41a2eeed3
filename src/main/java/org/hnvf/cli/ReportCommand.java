package org.hnvf.cli;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hnvf.exec.NewFile;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnvfException;
import org.hnvf.report.ReportPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hnvf report [HN] --html FILE}. */
@Command(
    name = "report",
    description =
        "Writes the history of the pairs, or of the one of HN, as an HTML page with a drawing of"
            + " each workflow: its steps and commands in time, the state of the pair, and how long"
            + " the guest was cut off. The page loads nothing from elsewhere. Changes nothing else.")
final class ReportCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final GuestBin guestBin = new GuestBin();

  @Option(
      names = "--html",
      required = true,
      paramLabel = "FILE",
      description = "a file that does not exist yet")
  private Path file = Path.of("");

  @Mixin private final HistoryChoice choice = new HistoryChoice();

  ReportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws HnvfException {
    NewFile target = new NewFile(file);
    target.requireNew();
    HistoryChoice.Found found =
        choice.read(console.guests(), guestBin.directory(), ReportPage.MOST);
    ImmutableList<String> problems = found.problems();
    problems.forEach(console::log);
    target.write(ReportPage.html(found.pairs(), found.from(), found.now(), Version.number()));
    return (problems.isEmpty() ? ExitCode.OK : ExitCode.BAD_DATA).status();
  }
}

package org.hnvf.cli;

import com.google.common.collect.ImmutableMap;
import java.util.concurrent.Callable;
import org.hnvf.model.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hnvf version}. */
@Command(name = "version", description = "Prints the version of hnvf and of the Java it runs on.")
final class VersionCommand implements Callable<Integer> {

  private final Console console;

  @Option(names = "--json", description = "as data")
  private boolean json;

  VersionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    String java = System.getProperty("java.vm.name") + " " + System.getProperty("java.version");
    if (json) {
      console.json(ImmutableMap.of("version", Version.text(), "java", java));
    } else {
      console.answer(Version.text() + "\n" + java + "\n");
    }
    return ExitCode.OK.status();
  }
}

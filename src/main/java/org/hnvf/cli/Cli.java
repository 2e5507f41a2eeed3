package org.hnvf.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hnvf.model.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.ParameterException;

/** The command line of hnvf. Every fault becomes a message and an exit status here. */
public final class Cli {

  private final PrintWriter out;
  private final PrintWriter err;
  private final Path home;

  /**
   * A command line.
   *
   * @param out where answers go
   * @param err where messages go, one line a fact
   * @param home the caller's home directory, where the simulated guest is kept by default
   */
  public Cli(PrintWriter out, PrintWriter err, Path home) {
    this.out = out;
    this.err = err;
    this.home = home;
  }

  /** Runs one command line and returns the exit status it asks for. */
  public int run(List<String> args) {
    int status = commandLine().execute(args.toArray(String[]::new));
    out.flush();
    err.flush();
    return status;
  }

  /** Its verbs and options. */
  CommandLine commandLine() {
    Console console = new Console(out, err, home);
    CommandLine line = new CommandLine(new HnvfCommand(), factory(console));
    line.setOut(out);
    line.setErr(err);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(Cli::usage);
    line.setExecutionExceptionHandler((fault, command, parsed) -> console.explain(fault));
    return line;
  }

  private static int usage(ParameterException fault, String[] args) {
    CommandLine command = fault.getCommandLine();
    command.getErr().println("hnvf: " + fault.getMessage());
    command.getErr().println("hnvf: see `" + command.getCommandSpec().qualifiedName() + " --help`");
    return ExitCode.USAGE.status();
  }

  /** Verbs take the console in their constructor; everything else is picocli's business. */
  private static IFactory factory(Console console) {
    return new IFactory() {
      @Override
      public <K> K create(Class<K> type) throws Exception {
        Optional<K> verb = construct(type, console);
        return verb.isPresent() ? verb.get() : CommandLine.defaultFactory().create(type);
      }
    };
  }

  private static <K> Optional<K> construct(Class<K> type, Console console) {
    try {
      return Optional.of(type.getDeclaredConstructor(Console.class).newInstance(console));
    } catch (NoSuchMethodException e) {
      return Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new ExecutionException(
          new CommandLine(new HnvfCommand()), "cannot make " + type.getSimpleName(), e);
    }
  }
}

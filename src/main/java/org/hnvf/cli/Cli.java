package org.hnvf.cli;

import java.io.PrintWriter;
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
  private final Console console;
  private final Optional<Additions> additions;

  /** The additions of the laboratory to the command line of the product. */
  @FunctionalInterface
  public interface Additions {
    /** Adds verbs and options. */
    void addTo(CommandLine line, Console console);
  }

  /**
   * Creates the command line of the product.
   *
   * @param out receives answers
   * @param err receives messages, one line a fact
   * @param guests opens the guest of a command line
   */
  public Cli(PrintWriter out, PrintWriter err, GuestOpener guests) {
    this(out, err, guests, Optional.empty());
  }

  /**
   * Creates a command line with further verbs and options.
   *
   * @param out receives answers
   * @param err receives messages, one line a fact
   * @param guests opens the guest of a command line
   * @param additions the additions
   */
  public Cli(PrintWriter out, PrintWriter err, GuestOpener guests, Additions additions) {
    this(out, err, guests, Optional.of(additions));
  }

  private Cli(PrintWriter out, PrintWriter err, GuestOpener guests, Optional<Additions> additions) {
    this.out = out;
    this.err = err;
    this.console = new Console(out, err, guests);
    this.additions = additions;
  }

  /** Runs one command line and returns the exit status of the process. */
  public int run(List<String> args) {
    int status = commandLine().execute(args.toArray(String[]::new));
    out.flush();
    err.flush();
    return status;
  }

  /** Returns its verbs and options. */
  public CommandLine commandLine() {
    CommandLine line = new CommandLine(new HnvfCommand(), factory(console));
    additions.ifPresent(more -> more.addTo(line, console));
    line.setOut(out);
    line.setErr(err);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(this::usage);
    line.setExecutionExceptionHandler((fault, command, parsed) -> console.explain(fault));
    return line;
  }

  private int usage(ParameterException fault, String[] args) {
    CommandLine command = fault.getCommandLine();
    Optional<String> foreign = Laboratory.wordOf(List.of(args));
    if (additions.isEmpty() && foreign.isPresent()) {
      console.log(
          foreign.get()
              + " is for a simulated guest and needs hnvf-lab.jar; this program manages "
              + "this machine or the guest of --guest-bin; nothing was done");
      return ExitCode.USAGE.status();
    }
    command.getErr().println("hnvf: " + fault.getMessage());
    command.getErr().println("hnvf: see `" + command.getCommandSpec().qualifiedName() + " --help`");
    return ExitCode.USAGE.status();
  }

  /** Returns a factory that passes the console to the constructors of verbs. */
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

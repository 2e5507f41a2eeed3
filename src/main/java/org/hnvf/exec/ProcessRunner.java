package org.hnvf.exec;

import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.CommandResult.Ending;
import org.hnvf.model.CommandResult.NotFound;
import org.hnvf.model.CommandResult.NotRun;

/**
 * Runs programs on the machine that hnvf runs on. No shell is involved: every argument arrives
 * unchanged.
 *
 * <p>A program gets {@code /} as its directory, /dev/null as its input, and an environment of
 * {@code PATH} (the search path) and the command's own variables. Its output is read as UTF-8,
 * malformed bytes replaced. Of standard output only the lines of {@link Command#filter()} are kept,
 * filtered while they are read, and of each stream no more than the cap: a line {@code [hnvf:
 * output cut after N bytes]} shows where it was cut, and the result of a cut standard output is
 * {@linkplain CommandResult#missing() not whole}. The cap applies after the filter, so that only
 * kept lines count.
 *
 * <p>A program that exceeds its limit, or whose caller is interrupted, is killed with all its
 * descendants. The children of a program that ended in time live on. Its output is the text written
 * until its end; the runner does not wait for a child that keeps the output open. Where {@link
 * Command#mayLeaveDaemon()} is set the output goes through files instead of pipes, so that such a
 * child can go on writing.
 *
 * <p>The class is stateless and thread-safe.
 */
public final class ProcessRunner implements CommandRunner {

  /** The search path of devd(8) and rc(8). */
  public static final ImmutableList<Path> DEFAULT_SEARCH_PATH =
      ImmutableList.of(
          Path.of("/sbin"), Path.of("/bin"), Path.of("/usr/sbin"), Path.of("/usr/bin"));

  /** The cap of standard output and of standard error: 1 MiB each. */
  public static final int DEFAULT_OUTPUT_CAP = 1 << 20;

  private static final Path ROOT = Path.of("/");

  private final ImmutableList<Path> searchPath;
  private final int outputCap;
  private final Path scratch;
  private final LongSupplier nanoTime;

  /** Creates a runner with the default search path and cap. */
  public ProcessRunner() {
    this(DEFAULT_SEARCH_PATH, DEFAULT_OUTPUT_CAP, Path.of("/tmp"));
  }

  /**
   * Creates a runner.
   *
   * @param searchPath the directories in which programs without a {@code /} are looked for
   * @param outputCap the number of bytes kept of each stream
   * @param scratch the directory for the output of programs that may leave a daemon
   */
  public ProcessRunner(ImmutableList<Path> searchPath, int outputCap, Path scratch) {
    this(searchPath, outputCap, scratch, System::nanoTime);
  }

  ProcessRunner(
      ImmutableList<Path> searchPath, int outputCap, Path scratch, LongSupplier nanoTime) {
    this.searchPath = searchPath;
    this.outputCap = outputCap;
    this.scratch = scratch;
    this.nanoTime = nanoTime;
  }

  @Override
  public CommandResult run(Command command) {
    Optional<String> hindrance = hindrance(command);
    if (hindrance.isPresent()) {
      return withoutOutput(command, new NotRun(hindrance.get()));
    }
    Optional<Path> program = find(command.program());
    if (program.isEmpty()) {
      return withoutOutput(command, new NotFound(searched(command.program())));
    }
    if (!isProgram(program.get())) {
      return withoutOutput(command, new NotRun(program.get() + " is not an executable file"));
    }
    return run(command, program.get());
  }

  /**
   * Returns the lines of a long-running program. It is started as by {@link #run}, without the
   * command's time limit. Closing the lines kills it with all its descendants.
   */
  public LineSource following(Command command) {
    return () -> {
      Optional<Path> program = find(command.program()).filter(ProcessRunner::isProgram);
      if (program.isEmpty()) {
        throw new NoSuchFileException(
            command.program(), null, "not in " + searched(command.program()));
      }
      return ProgramLines.start(builder(command, program.get()));
    };
  }

  private CommandResult run(Command command, Path program) {
    long start = nanoTime.getAsLong();
    try (ProgramOutput output =
        command.mayLeaveDaemon()
            ? FileOutput.in(scratch, outputCap, command.filter())
            : new PipeOutput(outputCap, command.filter())) {
      Execution execution = new Execution(builder(command, program), output);
      Ending ending = execution.run(command.timeLimit(), nanoTime);
      Duration elapsed = Duration.ofNanos(nanoTime.getAsLong() - start);
      String stderr = stderr(output, execution.survivors());
      return new CommandResult(command, ending, output.stdout(), output.missing(), stderr, elapsed);
    }
  }

  private static String stderr(ProgramOutput output, ImmutableList<Long> survivors) {
    return survivors.isEmpty()
        ? output.stderr()
        : CappedText.withLine(
            output.stderr(),
            "still running after SIGKILL: process " + Joiner.on(", ").join(survivors));
  }

  private ProcessBuilder builder(Command command, Path program) {
    ImmutableList<String> argv =
        ImmutableList.<String>builder().add(program.toString()).addAll(command.arguments()).build();
    ProcessBuilder builder = new ProcessBuilder(argv);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", Joiner.on(':').join(searchPath));
    environment.putAll(command.environment());
    return builder;
  }

  private static Optional<String> hindrance(Command command) {
    if (Thread.currentThread().isInterrupted()) {
      return Optional.of("interrupted before it was started");
    }
    return ArgumentEncoding.hindrance(command, ArgumentEncoding.charset());
  }

  private Optional<Path> find(String name) {
    if (name.contains("/")) {
      return Optional.of(ROOT.resolve(name)).filter(Files::exists);
    }
    return searchPath.stream()
        .map(directory -> directory.resolve(name))
        .filter(ProcessRunner::isProgram)
        .findFirst();
  }

  private static boolean isProgram(Path path) {
    return Files.isRegularFile(path) && Files.isExecutable(path);
  }

  private String searched(String name) {
    return name.contains("/")
        ? ROOT.resolve(name).getParent() + ""
        : Joiner.on(':').join(searchPath);
  }

  private static CommandResult withoutOutput(Command command, Ending ending) {
    return new CommandResult(command, ending, "", "", Duration.ZERO);
  }
}

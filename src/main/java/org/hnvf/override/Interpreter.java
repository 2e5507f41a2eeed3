package org.hnvf.override;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds the interpreter in the first line of a script. The kernel starts a script only if its
 * interpreter exists; a script without {@code #!} is run by sh(1), as execvp(3) does.
 */
final class Interpreter {

  static final String SHELL = "/bin/sh";

  /** No kernel reads a longer line; FreeBSD reads one page (MAXSHELLCMDLEN in sys/param.h). */
  private static final int LONGEST = 4096;

  private final Path root;

  /**
   * Creates it.
   *
   * @param root the root directory of the machine whose kernel starts the script
   */
  Interpreter(Path root) {
    this.root = root;
  }

  /** Returns the path after {@code #!}, and sh's if there is none; empty for a bare {@code #!}. */
  static String of(Path script) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(script)) {
      start = in.readNBytes(LONGEST);
    }
    String text = new String(start, UTF_8);
    if (!text.startsWith("#!")) {
      return SHELL;
    }
    int end = text.indexOf('\n');
    String line = text.substring(2, end < 0 ? text.length() : end).replaceFirst("^[ \t]+", "");
    return line.replaceFirst("[ \t].*", "");
  }

  /** Returns why the kernel could not start a script; empty if it could. */
  Optional<String> fault(Path script) throws IOException {
    String path = of(script);
    if (path.isEmpty()) {
      return Optional.of("has no interpreter after #!");
    }
    if (isProgram(path)) {
      return Optional.empty();
    }
    return Optional.of(
        path.endsWith("\r")
            ? "has a carriage return at the end of its first line, so that no interpreter is found"
            : "needs the interpreter "
                + path.replaceAll("\\p{Cntrl}", "?")
                + ", which does not exist or is not executable");
  }

  private boolean isProgram(String path) {
    try {
      Path program = root.resolve(path.replaceFirst("^/+", ""));
      return Files.isRegularFile(program) && Files.isExecutable(program);
    } catch (InvalidPathException e) {
      return false;
    }
  }
}

package org.hnvf.freebsd;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.model.Command;

/** df(1), which shows the free space of a file system. */
public final class Df {

  private static final Pattern LINE =
      Pattern.compile("\\S.*?\\s+[0-9]+\\s+[0-9]+\\s+(-?[0-9]{1,15})\\s+-?[0-9]+%\\s+/.*");

  private Df() {}

  /** Shows the file system of a directory, in KiB. */
  public static Command of(String directory) {
    return Command.reading(TimeLimits.READ, "df", "-k", directory);
  }

  /** Returns the KiB that are available in the output of {@link #of}; negative if it is full. */
  public static Optional<Long> available(String text) {
    return text.lines()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .map(found -> Long.parseLong(found.group(1)))
        .findFirst();
  }
}

package org.hnvf.freebsd;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A variable in a file of loader.conf(5). */
public final class LoaderConf {

  private LoaderConf() {}

  /** Returns the last value that a text gives a variable; empty if it does not set it. */
  public static Optional<String> value(String text, String name) {
    Pattern line =
        Pattern.compile(
            "^\\s*" + Pattern.quote(name) + "\\s*=\\s*\"?([^\"\\s#]*)", Pattern.MULTILINE);
    Matcher found = line.matcher(text);
    Optional<String> last = Optional.empty();
    while (found.find()) {
      last = Optional.of(found.group(1));
    }
    return last;
  }
}

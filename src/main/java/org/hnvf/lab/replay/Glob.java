package org.hnvf.lab.replay;

import java.util.regex.Pattern;

/** File name patterns of sh(1), with {@code *} alone. */
final class Glob {
  private Glob() {}

  static boolean matches(String glob, String name) {
    return name.matches(Pattern.quote(glob).replace("*", "\\E.*\\Q"));
  }
}

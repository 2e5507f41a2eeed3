package org.hnvf.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. */
final class Version implements IVersionProvider {

  static String text() {
    return "hnvf " + number();
  }

  /** Returns the version alone. */
  static String number() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("(not built as a jar)");
  }

  @Override
  public String[] getVersion() {
    return new String[] {text()};
  }
}

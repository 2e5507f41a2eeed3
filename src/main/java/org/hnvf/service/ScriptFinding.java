package org.hnvf.service;

import org.hnvf.model.ExitCode;

/**
 * A fact that decides whether an override script is run.
 *
 * @param subject its subject in one word, such as {@code mode}
 * @param exitCode {@code OK} if it does not prevent the run, and the exit status of hnvf otherwise
 * @param text the fact
 */
public record ScriptFinding(String subject, ExitCode exitCode, String text) {

  static ScriptFinding ok(String subject, String text) {
    return new ScriptFinding(subject, ExitCode.OK, text);
  }

  static ScriptFinding prevents(String subject, String text) {
    return new ScriptFinding(subject, ExitCode.CONFIGURATION, text);
  }

  /** Returns whether the script would be run nevertheless. */
  public boolean isOk() {
    return exitCode == ExitCode.OK;
  }
}

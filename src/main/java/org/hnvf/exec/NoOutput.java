package org.hnvf.exec;

import java.util.Optional;

/** An empty output, with the reason for it as the text of standard error. */
final class NoOutput implements ProgramOutput {

  private final CappedText stderr = new CappedText(0);

  NoOutput(String reason) {
    stderr.note(reason);
  }

  @Override
  public void redirect(ProcessBuilder builder) {
    builder
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD);
  }

  @Override
  public String stdout() {
    return "";
  }

  @Override
  public Optional<String> missing() {
    return stderr.missing();
  }

  @Override
  public String stderr() {
    return stderr.text();
  }
}

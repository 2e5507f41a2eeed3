package org.hnvf.lab.sandbox;

/**
 * The answer of a sandbox program, as a text for {@code eval} of its client: so both streams and
 * the status use one connection, and sh needs nothing else to separate them.
 *
 * @param status the exit status
 * @param out the text for standard output
 * @param err the text for standard error
 */
record ShellAnswer(int status, String out, String err) {

  /** A message for standard error, with the end of its line, and nothing else. */
  static ShellAnswer fault(int status, String message) {
    return new ShellAnswer(status, "", message + "\n");
  }

  /** The text for sh. */
  String script() {
    StringBuilder script = new StringBuilder();
    if (!out.isEmpty()) {
      script.append("printf %s ").append(quoted(out)).append('\n');
    }
    if (!err.isEmpty()) {
      script.append("printf %s ").append(quoted(err)).append(" >&2\n");
    }
    return script.append("exit ").append(status).append('\n').toString();
  }

  /** One word of sh, whatever is in it. */
  static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}

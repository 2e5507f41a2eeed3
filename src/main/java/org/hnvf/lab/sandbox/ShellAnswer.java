package org.hnvf.lab.sandbox;

/**
 * What a program of the sandbox has to say, as a text that its client gives to {@code eval}: so
 * both streams and the status come over one connection, and sh needs nothing to take them apart.
 *
 * @param status the exit status
 * @param out for standard output, as it is
 * @param err for standard error, as it is
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

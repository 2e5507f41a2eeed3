package org.hnvf;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The table of all messages, {@code messages.txt}: under a heading {@code # package/Class}, one
 * message a line, with its exit status and when it is shown.
 */
final class MessageTable {

  /**
   * A row.
   *
   * @param file the package and class
   * @param template the text, see {@link MessageText}
   * @param kind the exit status, or note, log or part
   * @param when when it is shown
   */
  record Row(String file, String template, String kind, String when) {

    /**
     * Whether this is the row of a message; where the sources do not show its status, the row does.
     */
    boolean isOf(MessageScanner.Found message) {
      return file.equals(message.file())
          && template.equals(message.template())
          && (kind.equals(message.kind()) || message.kind().matches("part|log"));
    }

    String packageName() {
      return file.substring(0, Math.max(0, file.lastIndexOf('/')));
    }

    boolean hasStatus() {
      return kind.matches("\\d+");
    }
  }

  static final Path FILE = Path.of("src/test/resources/org/hnvf/messages.txt");

  private MessageTable() {}

  static ImmutableList<Row> read() throws IOException {
    ImmutableList.Builder<Row> rows = ImmutableList.builder();
    String file = "";
    for (String line : Files.readAllLines(FILE)) {
      if (line.startsWith("# ")) {
        file = line.substring(2);
      } else if (!line.isBlank()) {
        List<String> columns = Splitter.on(" | ").splitToList(line);
        if (columns.size() != 3 || columns.get(2).isBlank()) {
          throw new IOException(FILE + ": not \"message | exit status | when\": " + line);
        }
        rows.add(new Row(file, columns.get(0), columns.get(1), columns.get(2)));
      }
    }
    return rows.build();
  }

  /** The line that a message needs, but for when it is shown. */
  static String line(MessageScanner.Found message) {
    return "# " + message.file() + "\n" + message.template() + " | " + message.kind() + " | WHEN";
  }
}

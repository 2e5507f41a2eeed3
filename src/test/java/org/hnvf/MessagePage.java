package org.hnvf;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;

/** Makes docs/messages.md of the table. */
final class MessagePage {

  static final Path FILE = Path.of("docs/messages.md");

  /** The groups in the order of the page: errors first. */
  private static final ImmutableMap<String, String> GROUPS =
      ImmutableMap.<String, String>builder()
          .put("64", "Exit status 64: the command line is wrong")
          .put("65", "Exit status 65: a name or an event line is malformed")
          .put("69", "Exit status 69: there is no such pair, or no daemon")
          .put("70", "Exit status 70: a bug of hnvf")
          .put("71", "Exit status 71: the system failed")
          .put("74", "Exit status 74: done, but not stored")
          .put("75", "Exit status 75: busy, try again")
          .put("77", "Exit status 77: not root")
          .put("78", "Exit status 78: the configuration does not allow it")
          .put("0", "Exit status 0: done, or nothing to do")
          .put("note", "Notes and warnings")
          .put("log", "Log")
          .buildOrThrow();

  /** Causes and parts of other messages; the page would be twice as long with them. */
  private static final String PART = "part";

  private static final String HEAD =
      """
      # Messages of hnvf

      Generated from src/test/resources/org/hnvf/messages.txt by `MessagesTest`; do not edit.
      Causes that other messages quote are in that file only.
      `{name}` stands for a value, `[text]` for a part that may be missing, `[one / other]` for alternatives.
      Verbs print messages on standard error after `hnvf: `. The daemon writes them to `/var/log/hnvf.log`.
      Where an exit status is shown, a verb that prints the message ends with it.
      """;

  private MessagePage() {}

  static String of(ImmutableList<MessageTable.Row> table) {
    StringBuilder page = new StringBuilder(HEAD);
    for (MessageTable.Row row : table) {
      if (!GROUPS.containsKey(row.kind()) && !row.kind().equals(PART)) {
        throw new IllegalStateException("the page has no group for " + row.kind());
      }
    }
    GROUPS.forEach((kind, heading) -> group(page, heading, of(kind, table)));
    return page.toString();
  }

  private static ImmutableList<MessageTable.Row> of(
      String kind, ImmutableList<MessageTable.Row> table) {
    return table.stream()
        .filter(row -> row.kind().equals(kind))
        .collect(ImmutableList.toImmutableList());
  }

  private static void group(
      StringBuilder page, String heading, ImmutableList<MessageTable.Row> rows) {
    if (rows.isEmpty()) {
      return;
    }
    page.append("\n## ").append(heading).append('\n');
    String packageName = "";
    for (MessageTable.Row row : rows) {
      if (!row.packageName().equals(packageName)) {
        packageName = row.packageName();
        page.append("\n**").append(packageName).append("**\n\n| message | when |\n|---|---|\n");
      }
      page.append("| ").append(cell(row.template())).append(" | ").append(cell(row.when()));
      page.append(" |\n");
    }
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;");
  }
}

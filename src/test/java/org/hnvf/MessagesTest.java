package org.hnvf;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/**
 * Each message of hnvf has a row in messages.txt, and docs/messages.md is made of these rows. Run
 * with {@code -Dhnvf.messages=write} to write the page anew.
 */
final class MessagesTest {

  @Test
  void everyMessageHasARow() throws IOException {
    ImmutableList<MessageTable.Row> rows = MessageTable.read();
    String missing =
        MessageScanner.all().stream()
            .filter(message -> rows.stream().noneMatch(row -> row.isOf(message)))
            .map(MessageTable::line)
            .distinct()
            .collect(joining("\n"));
    assertWithMessage("add to %s", MessageTable.FILE).that(missing).isEmpty();
  }

  @Test
  void everyRowIsAMessage() throws IOException {
    ImmutableList<MessageScanner.Found> messages = MessageScanner.all();
    String stale =
        MessageTable.read().stream()
            .filter(row -> messages.stream().noneMatch(row::isOf))
            .map(row -> "# " + row.file() + "\n" + row.template() + " | " + row.kind())
            .collect(joining("\n"));
    assertWithMessage("delete from %s", MessageTable.FILE).that(stale).isEmpty();
  }

  @Test
  void thePageIsMadeOfTheTable() throws IOException {
    String page = MessagePage.of(MessageTable.read());
    if ("write".equals(System.getProperty("hnvf.messages"))) {
      Files.writeString(MessagePage.FILE, page);
    }
    assertWithMessage("run with -Dhnvf.messages=write")
        .that(Files.readString(MessagePage.FILE))
        .isEqualTo(page);
  }

  /** The scanner is not blind: it finds messages of every kind, as they read in the sources. */
  @Test
  void theScannerFindsFactoriesReportsNotesAndParts() throws IOException {
    assertThat(MessageScanner.all())
        .containsAtLeast(
            new MessageScanner.Found("{verb} takes no argument", "64", "control/RequestLine"),
            new MessageScanner.Found("{attach} is not a VF", "0", "service/Orchestrator"),
            new MessageScanner.Found(
                "dhclient is running, but rc.conf does not configure DHCP; hnvf moves it, too",
                "note",
                "pairconfig/PairConfigCollector"));
  }
}

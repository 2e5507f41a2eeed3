package org.hnvf.cli;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The synopsis of the manual page, and the line of each verb, are made of the grammar. Run with
 * {@code -Dhnvf.manual=write} to write them anew.
 */
final class ManualVerbsTest {

  private static final Path PAGE = Path.of("config/man/hnvf.8");

  private final Grammar.Node hnvf = Grammar.whole();
  private final ManualVerbs verbs = new ManualVerbs(hnvf);

  @Test
  void theyAreMadeOfTheGrammar() throws IOException {
    String page = Files.readString(PAGE);
    String made = verbs.in(page);
    if ("write".equals(System.getProperty("hnvf.manual"))) {
      Files.writeString(PAGE, made);
      return;
    }
    assertWithMessage("run with -Dhnvf.manual=write").that(page).isEqualTo(made);
  }

  @Test
  void theTextOfEachVerbExplainsItsOptions() throws IOException {
    Map<String, String> texts = verbs.texts(Files.readString(PAGE));
    List<String> missing = new ArrayList<>();
    for (Grammar.Node verb : hnvf.all().toList()) {
      for (Grammar.Option option : verb.options()) {
        String name = option.name();
        if (!ManualVerbs.COMMON.contains(name)
            && !texts.getOrDefault(verb.path(), "").contains("Fl " + name.substring(1))) {
          missing.add(verb.path() + " " + name);
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void aVerbThatIsNewGetsALineAndItsDescriptionAndOneThatIsGoneGoes() throws IOException {
    String page = Files.readString(PAGE);
    int from = page.indexOf(".It Cm failback ");
    String without = page.substring(0, from) + page.substring(page.indexOf(".It Cm release "));

    String made = verbs.in(without.replace(".It Cm release ", ".It Cm nosuch\nx\n.It Cm release "));

    assertThat(made).contains("\n.It Cm failback Ar hn\nUses the VF of HN again, at once:");
    assertThat(made).doesNotContain("nosuch");
  }

  @Test
  void aTextIsKept() throws IOException {
    String page = Files.readString(PAGE);
    String changed =
        page.replaceFirst(
            "(?m)^\\.It Cm failover .*$", ".It Cm failover Ar wrong\nA new sentence.");

    assertThat(verbs.in(changed))
        .contains("\n.It Cm failover Ar hn Op Fl -for Ar time\nA new sentence.\n");
  }
}

package org.hnvf.cli;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import org.hnvf.lab.cli.LabVerbs;
import org.hnvf.lab.cli.SimulatedGuests;
import org.hnvf.model.ExitCode;
import org.hnvf.model.Setting;
import org.hnvf.model.Settings;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The manual page says all that there is to say. */
final class ManualTest {

  private final String page;

  ManualTest() throws IOException {
    page = Files.readString(Path.of("config/man/hnvf.8"));
  }

  @Test
  void everyVerbAndEveryOption() {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    CommandLine line =
        LabVerbs.commandLine(
                nowhere, nowhere, new SimulatedGuests(new ProductGuests(), Path.of("/")))
            .commandLine();
    assertThat(line.getSubcommands()).isNotEmpty();
    everythingOf(line);
  }

  private void everythingOf(CommandLine line) {
    for (OptionSpec option : line.getCommandSpec().options()) {
      assertSaid("(Fl|Fl \\w ,) " + option.longestName().substring(1));
    }
    for (Map.Entry<String, CommandLine> verb : line.getSubcommands().entrySet()) {
      assertSaid("Cm " + verb.getKey());
      everythingOf(verb.getValue());
    }
  }

  private void assertSaid(String words) {
    assertWithMessage("the page has %s", words)
        .that(Pattern.compile("\\b" + words + "(?![\\w-])").matcher(page).find())
        .isTrue();
  }

  @Test
  void everyKeyOfTheConfigurationFileWithItsDefault() {
    for (Setting setting : Setting.values()) {
      String item = ".It Cm " + setting.key() + "\n";
      assertThat(page).contains(item);
      String rest = page.substring(page.indexOf(item) + item.length());
      String text = rest.substring(0, Math.min(rest.indexOf("\n.It "), rest.length()));
      assertWithMessage(setting.key())
          .that(text.lines().toList())
          .containsAtLeast("Default:", ".Ql " + setting.textIn(Settings.DEFAULTS) + " .")
          .inOrder();
    }
  }

  @Test
  void everyExitStatus() {
    String section = page.substring(page.indexOf(".Sh EXIT STATUS"), page.indexOf(".Sh EXAMPLES"));
    assertThat(section.lines().filter(l -> l.startsWith(".It ")).map(l -> l.substring(4)).toList())
        .containsExactlyElementsIn(
            Arrays.stream(ExitCode.values()).map(code -> "" + code.status()).toList())
        .inOrder();
  }
}

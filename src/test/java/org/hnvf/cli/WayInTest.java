package org.hnvf.cli;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The outputs in docs/azure.md and docs/hyper-v.md are those of simulated guests, on which the
 * commands of each page are typed in their order. Its time is virtual, so that they are the same
 * each time.
 */
final class WayInTest {

  private static final Pattern PROMPT = Pattern.compile("^[#$] hnvf ");

  private final Path directory;
  private final String page;
  private final String hyperV;

  WayInTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.page = Files.readString(Path.of("docs", "azure.md"));
    this.hyperV = Files.readString(Path.of("docs", "hyper-v.md"));
  }

  private String hnvf(String words) {
    KeptGuest.Answer answer = new KeptGuest(directory).hnvf(words);
    assertWithMessage(words).that(answer.status()).isEqualTo(0);
    return answer.out();
  }

  /**
   * The commands of hnvf after a prompt. Before the mode changes the guest is in transparent mode.
   * Step 6 begins when the host gives a VF.
   */
  @Test
  void itsOutputsAreReal() {
    String unused = hnvf("sim reset --kind transparent");
    int modeChanges = page.indexOf("## 5.");
    int vfComes = page.indexOf("## 6.");
    assertThat(type(page.substring(0, modeChanges))).isEqualTo(3);
    unused = hnvf("sim reset");
    assertThat(type(page.substring(modeChanges, vfComes))).isEqualTo(1);
    unused = hnvf("sim plug hn0");
    unused = hnvf("attach mlxen0");
    assertThat(type(page.substring(vfComes))).isEqualTo(4);
  }

  /** Types the commands of hnvf in a part of the page, and returns how many there are. */
  private int type(String part) {
    int typed = 0;
    List<String> lines = part.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (PROMPT.matcher(lines.get(i)).find()) {
        List<String> shown =
            lines.stream()
                .skip(i + 1L)
                .takeWhile(line -> !line.startsWith("```") && !line.matches("[#$] .*"))
                .toList();
        assertShown(lines.get(i).substring("# hnvf ".length()), shown);
        typed++;
      }
    }
    return typed;
  }

  /** Asserts that a command prints these lines; {@code ...} stands for any text. */
  private void assertShown(String words, List<String> shown) {
    String here = words.replaceAll("\\S*guest[.]capture", directory + "/guest.capture");
    KeptGuest guest = new KeptGuest(directory);
    KeptGuest.Answer answer =
        words.startsWith("rehearse ") ? guest.elsewhere(here + " --quick") : guest.hnvf(here);
    assertWithMessage(words).that(answer.status()).isEqualTo(0);
    String pattern =
        shown.stream()
            .map(line -> line.equals("...") ? "(?:.*\n)*?" : Pattern.quote(line) + "\n")
            .map(line -> line.replace(" ...\\E", " \\E.*"))
            .collect(Collectors.joining());
    assertWithMessage(words)
        .that((answer.err() + answer.out()).replace(directory + "/", ""))
        .matches(pattern);
  }

  /** The time of a process here is measured, so that each machine has its own under HERE. */
  @Test
  void theTableOfAStaticGuestIsReal() {
    String unused = hnvf("sim reset --kind static");
    assertThat(hnvf("status")).contains("there is no VF");
    String capture = directory.resolve("guest.capture").toString();
    unused = hnvf("capture " + capture);
    KeptGuest.Answer rehearsed =
        new KeptGuest(directory).elsewhere("rehearse hn0 --quick --from " + capture);
    assertThat(rehearsed.status()).isEqualTo(0);
    int start = hyperV.indexOf("OCCASION");
    String table = hyperV.substring(start, hyperV.indexOf("```", start));
    assertThat(table.lines().count()).isGreaterThan(5);
    assertThat(rehearsed.out().lines().map(WayInTest::withoutHere).toList())
        .containsAtLeastElementsIn(table.lines().map(WayInTest::withoutHere).toList())
        .inOrder();
  }

  private static String withoutHere(String line) {
    return line.replaceFirst("( ms +)[0-9]+ ms +", "$1").replaceAll(" +", " ");
  }

  @Test
  void aFreshGuestIsToldOfItsMode() {
    String unused = hnvf("sim reset --kind transparent");
    assertThat(hnvf("plan hn0")).contains("this guest is in transparent mode");
    assertThat(hnvf("plan hn0")).contains("`hnvf rehearse --non-transparent`");
    String capture = directory.resolve("guest.capture").toString();
    unused = hnvf("capture " + capture);
    String words = "rehearse hn0 --quick --from " + capture;
    KeptGuest.Answer asItIs = new KeptGuest(directory).elsewhere(words);
    assertThat(asItIs.out()).contains("--non-transparent rehearses the other mode");
    assertThat(asItIs.out()).doesNotContain("lagg0");
    KeptGuest.Answer other = new KeptGuest(directory).elsewhere(words + " --non-transparent");
    assertThat(other.status()).isEqualTo(0);
    assertThat(other.out()).doesNotContain("transparent mode");
    assertThat(other.out())
        .containsMatch("bring-up +on-vf-up +lagg0 +1 address, 1 route, dhclient");
  }
}

package org.hnvf.exec;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hnvf.model.LineFilter;
import org.junit.jupiter.api.Test;

final class LineSieveTest {

  private static final int ROOM = 1 << 20;

  private static final LineFilter ROUTES =
      new LineFilter(
          "routes",
          true,
          ImmutableSet.of("Internet", "default"),
          ImmutableSet.of("hn0", "lagg0", "10.1.0.0/16"),
          ImmutableSet.of());

  private static final LineFilter PROCESSES =
      new LineFilter(
          "processes",
          false,
          ImmutableSet.of(),
          ImmutableSet.of("dhclient:"),
          ImmutableSet.of("hv_kvp_daemon"));

  private static KeptOutput sieved(LineFilter filter, String text, int chunk, int cap) {
    KeptOutput kept = new KeptOutput(Optional.of(filter), cap);
    byte[] bytes = text.getBytes(UTF_8);
    for (int from = 0; from < bytes.length; from += chunk) {
      byte[] part = Arrays.copyOfRange(bytes, from, Math.min(from + chunk, bytes.length));
      kept.add(Arrays.copyOf(part, chunk), part.length);
    }
    kept.end();
    return kept;
  }

  private static String kept(LineFilter filter, String text) {
    KeptOutput kept = sieved(filter, text, ROOM, ROOM);
    assertThat(kept.missing()).isEmpty();
    return kept.text();
  }

  @Test
  void headingsDefaultRoutesAndWordsAreKept() {
    assertThat(
            kept(
                ROUTES,
                """
                Routing tables

                Internet:
                Destination        Gateway            Flags         Netif Expire
                default            172.16.0.1         UGS             em0
                10.0.2.0/24        link#1             U               hn0
                10.1.0.0/16        172.16.0.254       UGS             em0
                11.0.0.0/24        172.16.0.254       UG1             em0
                127.0.0.1          link#3             UH              lo0

                Internet6:
                2001:db8::/64      link#1             U             lagg0      !
                fe80::%lo0/64      link#3             U               lo0
                """))
        .isEqualTo(
            """
            Routing tables
            Internet:
            default            172.16.0.1         UGS             em0
            10.0.2.0/24        link#1             U               hn0
            10.1.0.0/16        172.16.0.254       UGS             em0
            Internet6:
            2001:db8::/64      link#1             U             lagg0      !
            """);
  }

  @Test
  void aWordIsAWholeWord() {
    String others = "x\na hn01\na xhn0\na hn0x\na fe80::1%hn0\nxdefault\nthe default\n";
    assertThat(kept(ROUTES, others)).isEqualTo("x\n");
    for (String line : ImmutableList.of("hn0", " hn0", "\thn0\t", "a hn0 b", "a  hn0")) {
      assertThat(kept(ROUTES, others + line + "\n" + others)).isEqualTo("x\n" + line + "\n");
    }
  }

  @Test
  void aPartMayBeAnywhere() {
    assertThat(
            kept(
                PROCESSES,
                """
                  1 /sbin/init
                501 /usr/sbin/hv_kvp_daemon
                502 [hv_kvp_daemon]
                  2 dhclient: hn0 (dhclient)
                  3 hv_kvp
                """))
        .isEqualTo(
            """
            501 /usr/sbin/hv_kvp_daemon
            502 [hv_kvp_daemon]
              2 dhclient: hn0 (dhclient)
            """);
  }

  @Test
  void whatIsBrokenOffIsKept() {
    assertThat(kept(ROUTES, "x\n11.0.0.0/24 em")).isEqualTo("x\n11.0.0.0/24 em");
    assertThat(kept(ROUTES, "")).isEmpty();
  }

  /** Wherever the reads part the text, and whatever it is, each line is judged alone. */
  @Test
  void itKeepsWhatLookingAtEachLineWouldKeep() {
    SplittableRandom random = new SplittableRandom(1);
    ImmutableList<String> pieces =
        ImmutableList.of(
            "hn0",
            "lagg0",
            "hn",
            "0",
            " ",
            "  ",
            "\t",
            "\n",
            "\n\n",
            "default",
            "Internet6:",
            "10.1.0.0/16",
            "em0",
            "dhclient:",
            "dh",
            "hv_kvp_daemon",
            "hv_",
            "ü",
            "1");
    for (int i = 0; i < 3000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(40); n > 0; n--) {
        text.append(pieces.get(random.nextInt(pieces.size())));
      }
      for (LineFilter filter : List.of(ROUTES, PROCESSES)) {
        int chunk = 1 + random.nextInt(30);
        assertWithMessage("%s of \"%s\" by %s", filter.keeps(), text, chunk)
            .that(sieved(filter, text.toString(), chunk, ROOM).text())
            .isEqualTo(lineByLine(filter, text.toString()));
      }
    }
  }

  private static String lineByLine(LineFilter filter, String text) {
    List<String> lines = List.of(text.split("(?<=\n)", -1));
    return IntStream.range(0, lines.size())
        .filter(i -> (i == 0 && filter.first()) || isKept(filter, lines.get(i)))
        .mapToObj(lines::get)
        .collect(Collectors.joining());
  }

  private static boolean isKept(LineFilter filter, String line) {
    return !line.endsWith("\n")
        || filter.starts().stream().anyMatch(line::startsWith)
        || filter.parts().stream().anyMatch(line::contains)
        || List.of(line.substring(0, line.length() - 1).split("[ \t]", -1)).stream()
            .anyMatch(filter.words()::contains);
  }

  @Test
  void theCapCountsWhatIsKept() {
    String foreign = "11.0.0.0/24 172.16.0.254 UG1 em0\n".repeat(1000);
    String own = "default 10.0.2.2 UGS hn0\n";

    assertThat(sieved(ROUTES, "x\n" + foreign + own, 64, 40).text()).isEqualTo("x\n" + own);
    KeptOutput cut = sieved(ROUTES, "x\n" + own + foreign + own, 64, 40);
    assertThat(cut.missing()).hasValue("output cut after 40 bytes");
  }

  @Test
  void aLineThatIsTooLongToBeLookedAtIsNotPassedOver() {
    KeptOutput cut = sieved(ROUTES, "x\n" + "y".repeat(100) + " hn0\n" + "hn0\n", 16, 64);

    assertThat(cut.missing()).hasValue("a line of more than 64 bytes was skipped");
    assertThat(cut.text()).startsWith("x\nhn0\n");
  }
}

package org.hnvf.freebsd;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Route;
import org.junit.jupiter.api.Test;

/** The parsers take any text: recorded output that is cut, shuffled and damaged. */
final class ParsersSurviveTest {

  private static final int ROUNDS = 4_000;
  private static final Pattern BLOCK =
      Pattern.compile(
          "^\\S+: flags=[0-9a-f]+<[^>\\n]*>(?: .*)?\\n(?:\\t.*\\n)*", Pattern.MULTILINE);

  /** Numbers, masks, words of flags and addresses, which may be printed in another notation. */
  private static final Pattern NOTATION =
      Pattern.compile("netmask|prefixlen|[0-9a-fA-Fx]+|[0-9a-fA-F]*[.:][0-9a-fA-F.:]*(%.*)?(/.*)?");

  private static final String DAMAGE = "\t\n :%/<>,=-.09afx\"{};ü\0";

  @Test
  void whateverIsPrinted() {
    ImmutableList<String> recorded =
        Transcripts.all().stream()
            .map(Transcripts.Recorded::stdout)
            .filter(text -> !text.isEmpty())
            .collect(ImmutableList.toImmutableList());
    Random random = new Random(20261122);
    int interfaces = 0;
    int routes = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String text = damaged(recorded.get(random.nextInt(recorded.size())), random);
      for (NetInterface shown : IfconfigParser.showings(text)) {
        assertWithMessage(text).that(text).contains(shown.name() + ": flags=");
        interfaces++;
      }
      assertNothingOfAnInterfaceIsLost(text);
      for (Route route : RoutesParser.parse(text)) {
        assertWithMessage(text).that(text).contains(route.destination());
        routes++;
      }
      assertNoColumnOfARouteIsLost(text);
      SysctlParser.hyperV(text)
          .vfMap()
          .forEach((vf, hn) -> assertWithMessage(text).that(text).contains(vf + ":" + hn));
      PsParser.dhcpClients(PsParser.processes(text))
          .forEach(c -> assertWithMessage(text).that(text).contains(c.interfaceName()));
      LeaseFile.parse(text)
          .forEach(
              lease -> lease.others().forEach(o -> assertWithMessage(text).that(text).contains(o)));
    }
    assertWithMessage("interfaces that were still seen").that(interfaces).isGreaterThan(1_000);
    assertWithMessage("routes that were still seen").that(routes).isGreaterThan(1_000);
  }

  /** Every word of an interface is printed again, but the notation of addresses and flags. */
  private static void assertNothingOfAnInterfaceIsLost(String text) {
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      ImmutableList<NetInterface> parsed = IfconfigParser.showings(block.group());
      if (parsed.size() == 1) {
        List<String> printed = words(IfconfigPrinter.print(parsed.get(0)));
        for (String word : words(block.group())) {
          boolean found = printed.remove(word) || NOTATION.matcher(word).matches();
          assertWithMessage("%s of\n%s", word, block.group()).that(found).isTrue();
        }
      }
    }
  }

  private static void assertNoColumnOfARouteIsLost(String text) {
    for (String line : Splitter.on('\n').split(text)) {
      for (Route route : RoutesParser.parse("Internet:\n" + line + "\n")) {
        assertThat(words(RoutesPrinter.table(ImmutableList.of(route), false)))
            .containsAtLeastElementsIn(words(line));
      }
    }
  }

  private static List<String> words(String text) {
    return new ArrayList<>(
        Splitter.on(CharMatcher.whitespace().or(CharMatcher.anyOf("<>,=")))
            .omitEmptyStrings()
            .splitToList(text));
  }

  private static String damaged(String text, Random random) {
    StringBuilder out = new StringBuilder(text);
    for (int damages = random.nextInt(12); damages > 0 && out.length() > 0; damages--) {
      int at = random.nextInt(out.length());
      switch (random.nextInt(4)) {
        case 0 -> out.deleteCharAt(at);
        case 1 -> out.setCharAt(at, DAMAGE.charAt(random.nextInt(DAMAGE.length())));
        case 2 -> out.insert(at, DAMAGE.charAt(random.nextInt(DAMAGE.length())));
        default -> out.insert(at, out.substring(0, random.nextInt(Math.min(80, out.length()))));
      }
    }
    return random.nextInt(4) == 0 ? out.substring(0, out.length() / 2) : out.toString();
  }
}

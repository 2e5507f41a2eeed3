package org.hnvf.freebsd;

import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableList;
import java.util.Random;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Route;
import org.junit.jupiter.api.Test;

/** The parsers take any text: recorded output that is cut, shuffled and damaged. */
final class ParsersSurviveTest {

  private static final int ROUNDS = 4_000;
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
      for (NetInterface shown : IfconfigParser.parse(text).values()) {
        assertWithMessage(text).that(text).contains(shown.name() + ": flags=");
        interfaces++;
      }
      for (Route route : RoutesParser.parse(text)) {
        assertWithMessage(text).that(text).contains(route.destination());
        routes++;
      }
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

package org.hnvf.event;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableList;
import java.util.Random;
import org.hnvf.model.ExitCode;
import org.hnvf.model.UserException;
import org.junit.jupiter.api.Test;

/** Damaged lines: never anything but an event or a refusal. Any other exception fails the test. */
final class DevdLineFuzzTest {

  private static final int RUNS = 40_000;

  private static final ImmutableList<String> PIECES =
      ImmutableList.of(
          " ",
          "  ",
          "=",
          "\"",
          "\\",
          "\\\"",
          "\\\\",
          "'",
          "!",
          "+",
          "-",
          "?",
          "\n",
          "\r\n",
          "\0",
          "\t",
          "$(id)",
          "`id`",
          ";",
          "..",
          "/",
          "é",
          "\ud83d\ude00",
          "\ud83d",
          "\ude00",
          "\u2028",
          "\u202e",
          "%s",
          "system=",
          "subsystem=",
          "type=",
          "name=x",
          "cdev=\"a b\"",
          "hn0",
          "VF_UP",
          "IFNET",
          "DEVFS",
          "CDEV",
          "RENAME",
          "CREATE",
          "xxxxxxxxxxxxxxxx");

  @Test
  void anEventOrARefusal() {
    ImmutableList<String> seeds =
        ImmutableList.<String>builder()
            .addAll(RecordedEvents.distinct())
            .addAll(RecordedEvents.hostile())
            .add("!system=DEVFS subsystem=CDEV type=CREATE cdev=hv_kvp_dev")
            .add("+hn0 at  on vmbus0")
            .build();
    Random random = new Random(20261122);
    int events = 0;
    int refusals = 0;
    for (int run = 0; run < RUNS; run++) {
      String line = seeds.get(random.nextInt(seeds.size()));
      for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
        line = damaged(line, random);
      }
      try {
        assertThat(DevdLine.parse(line)).isNotNull();
        assertWithMessage("an accepted line").that(line).doesNotContainMatch("[\\p{Cc}\\p{Cf}]");
        events++;
      } catch (UserException refusal) {
        assertThat(refusal.exitCode()).isEqualTo(ExitCode.BAD_DATA);
        assertWithMessage("refusal of run %s", run)
            .that(refusal.getMessage())
            .doesNotContainMatch("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");
        assertThat(refusal.toString().length()).isLessThan(400);
        refusals++;
      }
    }
    assertThat(events).isGreaterThan(RUNS / 10);
    assertThat(refusals).isGreaterThan(RUNS / 10);
  }

  private static String damaged(String line, Random random) {
    int from = random.nextInt(line.length() + 1);
    int to = Math.min(line.length(), from + random.nextInt(8));
    String piece = PIECES.get(random.nextInt(PIECES.size()));
    return switch (random.nextInt(6)) {
      case 0 -> line.substring(0, from) + piece + line.substring(from);
      case 1 -> line.substring(0, from) + piece + line.substring(to);
      case 2 -> line.substring(0, from) + line.substring(to);
      case 3 -> line.substring(0, to) + line.substring(from);
      case 4 -> line.substring(0, from);
      default -> line.substring(0, from) + piece.repeat(random.nextInt(400)) + line.substring(from);
    };
  }
}

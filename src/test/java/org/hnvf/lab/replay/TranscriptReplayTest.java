package org.hnvf.lab.replay;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableList;
import com.google.common.io.Resources;
import com.google.common.primitives.Longs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hnvf.lab.replay.CommandReplay.Verdict;
import org.hnvf.model.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Replays recorded transcripts; the numbers are exact, so that none can be lost. */
final class TranscriptReplayTest {

  private static Transcript transcript(String name) throws IOException, UserException {
    String text =
        Resources.toString(
            Resources.getResource("org/hnvf/transcripts/" + name + ".txt"), StandardCharsets.UTF_8);
    return Transcript.parse(name, text);
  }

  @ParameterizedTest
  @CsvSource({
    "01-ifconfig-basics, 80, 2",
    "02-vfup-alias-loop, 2, 3",
    "03-lagg-basics, 57, 2",
    "05-devd-events, 19, 14",
    "07-stock-vfup-hangs-devd, 3, 12",
    "10-stock-static-netlink, 7, 4",
    "11-stock-static-ioctl, 15, 13",
    "12-stock-dhcp-ioctl, 17, 11",
    "13-stock-dhcp-netlink, 6, 3",
    "14a-vf-at-boot-netlink, 2, 4",
    "14b-vf-at-boot-ioctl, 2, 4",
    "15-default-dhcp-vf, 6, 8",
    "20-sysctl, 32, 9",
    "21-sysctl-lagg-unloaded, 14, 2",
    "22-sysrc, 0, 50",
    "23-network-subr, 3, 64",
    "25-dhclient, 31, 16",
    "26-routes-moves, 29, 5",
    "27-ipv6, 30, 2",
    "30-outage, 0, 7",
    "31-lagg-by-rcconf, 3, 16",
    "32-remedies, 8, 14",
    "33-dhclient-dup-address, 1, 9",
    "34-devd-more, 1, 11",
    "50-move-before-vf-up, 54, 0",
    "51-move-dhcp, 34, 1",
    "52-move-on-vf-up, 25, 0",
    "53-stock-new, 16, 6",
    "54-move-and-back-prepared, 35, 0",
    "55-ipv6-and-dhcp-back, 52, 0",
    "56-gateway-check, 33, 0",
    "57-whole-story-dhcp-slaac, 65, 0",
    "69-dhclient-conf, 13, 2",
    "70-pf-names-hn0, 8, 9",
    "73-pf-answers, 2, 15",
    "60-vlans, 35, 0",
    "61-bridge-member, 33, 0",
    "62-carp, 20, 4",
    "64-scoped-gateways, 36, 0",
    "65-gateway-off-link, 27, 0",
    "67-groups-fibs-names, 26, 0",
    "74-vlans-there-and-back, 31, 0",
    "75-fibs, 22, 0"
  })
  void everyComparedCommandIsIdentical(String name, int identical, int skipped)
      throws IOException, UserException {
    FileReplay replay = Replay.of(transcript(name));
    assertWithMessage(ReplayView.file(replay, true))
        .that(replay.count(Verdict.DIFFERENT))
        .isEqualTo(0);
    assertThat(ImmutableList.of(replay.identical(), replay.count(Verdict.SKIPPED)))
        .isEqualTo(ImmutableList.of(identical, skipped));
  }

  @Test
  void noTranscriptIsForgotten() throws Exception {
    Path directory = Path.of(Resources.getResource("org/hnvf/transcripts").toURI());
    CsvSource held =
        TranscriptReplayTest.class
            .getDeclaredMethod(
                "everyComparedCommandIsIdentical", String.class, int.class, int.class)
            .getAnnotation(CsvSource.class);
    List<String> names = Stream.of(held.value()).map(l -> l.replaceFirst(",.*", "")).toList();
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(names)
          .containsExactlyElementsIn(
              files.map(f -> f.getFileName().toString().replace(".txt", "")).toList());
    }
  }

  /** Each cut-off of the recording, in milliseconds, and that ours are within 30 % of it. */
  private static void cutOffs(List<CutOff> cutOffs, long... recorded) {
    assertThat(cutOffs.stream().map(c -> c.recorded().toMillis()).toList())
        .isEqualTo(Longs.asList(recorded));
    assertThat(cutOffs.stream().filter(c -> !isClose(c)).toList()).isEmpty();
  }

  /** Whether it is within 30 % of the recorded one; a single packet (20 ms) is chance. */
  private static boolean isClose(CutOff cutOff) {
    long recorded = cutOff.recorded().toMillis();
    long simulated = cutOff.simulated().toMillis();
    return recorded <= 20 ? simulated <= 20 : Math.abs(simulated - recorded) * 100 <= recorded * 30;
  }

  private static ImmutableList<CutOff> cutOffsOf(String name) throws IOException, UserException {
    return Replay.of(transcript(name)).cutOffs();
  }

  @Test
  void theCutOffsAreThoseOfTheRecording() throws IOException, UserException {
    cutOffs(cutOffsOf("50-move-before-vf-up"), 100, 0, 20, 60, 0, 0, 140);
    cutOffs(cutOffsOf("51-move-dhcp"), 80, 0, 400);
    cutOffs(cutOffsOf("52-move-on-vf-up"), 220, 260);
    // The third is the order turned round: how long ARP waits is chance, see ReachabilityTest.
    cutOffs(cutOffsOf("54-move-and-back-prepared").subList(0, 2), 100, 60);
    ImmutableList<CutOff> static6 = cutOffsOf("55-ipv6-and-dhcp-back");
    cutOffs(static6.subList(0, 2), 1040, 80);
    cutOffs(static6.subList(3, 4), 60);
    cutOffs(cutOffsOf("53-stock-new"), 880, 1420);
    cutOffs(cutOffsOf("57-whole-story-dhcp-slaac"), 60, 0, 0, 0, 60);
  }

  @Test
  void devdTellsWhatItTold() throws IOException, UserException {
    Transcript transcript = transcript("05-devd-events");
    ImmutableList<String> recorded =
        transcript.entries().stream()
            .filter(e -> e.command().equals("cat /tmp/devd.pipe.log"))
            .findFirst()
            .orElseThrow()
            .stdout()
            .lines()
            .collect(ImmutableList.toImmutableList());
    assertThat(Replay.of(transcript).events().subList(0, recorded.size()))
        .containsExactlyElementsIn(recorded)
        .inOrder();
  }
}

package org.hnvf.cli;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The outputs in docs/azure.md and docs/hyper-v.md are those of simulated guests, on which the
 * commands of each page are typed in their order. Its time is virtual, so that they are the same
 * each time.
 */
final class WayInTest {

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

  @Test
  void itsOutputsAreReal() {
    String unused = hnvf("sim reset");
    assertThat(page).contains(hnvf("status"));
    unused = hnvf("doctor");
    unused = hnvf("plan hn0");
    unused = hnvf("capture " + directory.resolve("guest.capture"));
    unused = hnvf("sim plug hn0");
    unused = hnvf("attach mlxen0");
    String used = hnvf("status");
    assertThat(page).contains(used.substring(0, used.indexOf("integration daemons")));
    assertThat(page).contains(hnvf("failover hn0 --for 15m"));
    unused = hnvf("failback hn0");
    assertThat(page).contains(hnvf("history --last"));
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

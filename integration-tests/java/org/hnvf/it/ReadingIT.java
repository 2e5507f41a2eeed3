package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;
import static java.util.concurrent.TimeUnit.MINUTES;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A reading that is not whole, through the front door: nothing is done on the strength of it. */
@Timeout(value = 20, unit = MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ReadingIT {

  private final Installation hnvf;

  ReadingIT(@TempDir Path scratch) throws IOException, InterruptedException {
    this.hnvf = new Installation(scratch);
  }

  @AfterEach
  void end() throws IOException {
    hnvf.end();
  }

  private void isRefused(Program.Answer answer, String... told) throws Exception {
    assertThat(answer.status()).isEqualTo(71);
    for (String word : told) {
      assertThat(answer.err()).contains(word);
    }
    assertThat(hnvf.guest("ifconfig", "mlxen0")).doesNotContain("<UP");
    assertThat(hnvf.guest("ifconfig", "-l")).doesNotContain("lagg");
    hnvf.awaitReachable(true);
  }

  @Test
  void aProgramThatPrintsWithoutEndIsEndedAtItsLimitAndNamed() throws Exception {
    hnvf.host("plug", "hn0");
    // More than hnvf keeps at once, and then without an end and without a load on the machine.
    hnvf.replace(
        "netstat",
        "route='10.9.0.0/16 172.16.0.254 UGS em0'; yes \"$route\" | head -n 100000;"
            + " while echo \"$route\"; do sleep 0.1; done");
    isRefused(hnvf.oneShot("vf-up", "hn0"), "netstat", "did not end within 10000 ms");
  }

  @Test
  void aProgramThatPrintsTooMuchIsNotTakenForWhole() throws Exception {
    hnvf.host("plug", "hn0");
    String whole = hnvf.program("whole-ifconfig").toString();
    hnvf.replace(
        "ifconfig",
        "'"
            + whole
            + "' \"$@\"; case $* in -a*) awk 'BEGIN { for (i = 0; i < 60000; i++)"
            + " print \"lo\" i \": flags=8049<UP> metric 0 mtu 16384\" }';; esac");
    isRefused(hnvf.oneShot("vf-up", "hn0"), "ifconfig", "cut");
  }

  @Test
  void aProgramThatEndsWithASignalIsNotTakenForWhole() throws Exception {
    hnvf.host("plug", "hn0");
    String whole = hnvf.program("whole-ps").toString();
    hnvf.replace("ps", "'" + whole + "' \"$@\"; kill -9 $$");
    isRefused(hnvf.oneShot("vf-up", "hn0"), "ps");
  }

  @Test
  void aFileThatGrowsWithoutEndIsNotReadToItsEnd() throws Exception {
    hnvf.host("plug", "hn0");
    Path leases = hnvf.directory().resolve("root/var/db/dhclient.leases.hn0");
    try (GrowingFile growing = new GrowingFile(leases)) {
      growing.awaitSize(2 << 20);
      Program.Answer answer = hnvf.oneShot("vf-up", "hn0");
      assertThat(answer.err()).contains("cannot read the DHCP lease of hn0");
      assertThat(answer.err()).contains("larger than 1 MiB");
      assertThat(answer.status()).isEqualTo(0);
      hnvf.awaitReachable(true);
      assertThat(growing.failure()).isEmpty();
    }
  }
}

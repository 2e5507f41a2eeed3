package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hooks of the installed hnvf, with the daemon and without. */
final class HooksIT {

  private final Path scratch;
  private final Installation hnvf;

  HooksIT(@TempDir Path scratch) throws IOException, InterruptedException {
    this.scratch = scratch.toRealPath();
    this.hnvf = new Installation(scratch);
  }

  @AfterEach
  void end() throws IOException {
    hnvf.end();
  }

  private List<String> told() throws IOException {
    Path file = scratch.resolve("told");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private void tellingHook() throws IOException {
    hnvf.hook(
        "10-tell",
        "echo \"$HNVF_HN $HNVF_OUTCOME $HNVF_FROM $HNVF_TO $HNVF_INTENT\" >>'"
            + scratch
            + "/told'\n");
  }

  @Test
  void theDaemonRunsThemAfterEventsAndVerbs() throws Exception {
    tellingHook();
    Process unused = hnvf.startDaemon();
    hnvf.host("plug", "hn0");
    Installation.patiently().until(() -> told().contains("hn0 done VF_ATTACHED LAGG_VF USE_LAGG"));
    assertThat(hnvf.hnvf("failover", "hn0").status()).isEqualTo(0);
    Installation.patiently()
        .until(() -> told().contains("hn0 done LAGG_VF LAGG_SYNTHETIC HOLD_VF_DOWN"));
    assertThat(hnvf.log()).contains("the hook /usr/local/etc/hnvf/hooks.d/10-tell begins");
  }

  /** It would live for ever, and without a limit, if the daemon did not end it. */
  @Test
  void theDaemonEndsAHookThatHangsWhenItEnds() throws Exception {
    Path pid = scratch.resolve("pid");
    hnvf.hook(
        "10-hang",
        "echo $$ >'"
            + pid
            + ".new'; mv '"
            + pid
            + ".new' '"
            + pid
            + "'\n"
            + "exec sleep 1000000\n");
    Process daemon = hnvf.startDaemon();
    hnvf.host("plug", "hn0");
    Installation.patiently().until(() -> Files.exists(pid));
    hnvf.signal("TERM", daemon);
    assertThat(daemon.waitFor()).isEqualTo(0);
    long hook = Long.parseLong(Files.readString(pid).strip());
    Installation.patiently()
        .until(() -> ProcessHandle.of(hook).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void withoutADaemonTheyRunAfterTheReport() throws Exception {
    tellingHook();
    hnvf.hook("20-fail", "echo a line\nexit 3\n");
    Files.delete(hnvf.directory().resolve("devd-hook"));
    hnvf.host("plug", "hn0");
    Program.Answer answer =
        hnvf.oneShot("event", "!system=ETHERNET subsystem=mlxen0 type=IFATTACH");
    assertWithMessage(answer.err()).that(answer.status()).isEqualTo(0);
    assertThat(told()).containsExactly("hn0 done VF_ATTACHED LAGG_VF USE_LAGG");
    assertThat(answer.err())
        .endsWith(
            """
            hnvf: hn0: the hook /usr/local/etc/hnvf/hooks.d/10-tell begins
            hnvf: hn0: the hook /usr/local/etc/hnvf/hooks.d/20-fail begins
            hnvf: hn0:   a line
            hnvf: hn0: the hook `/usr/local/etc/hnvf/hooks.d/20-fail` exited 3: a line
            """);
    // A verb without an outcome has no hooks.
    assertThat(hnvf.oneShot("status").err()).isEmpty();
    assertThat(told()).hasSize(1);
  }
}

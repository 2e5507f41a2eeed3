package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.hnvf.it.Scripts.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The samples of hooks, with fakes of FreeBSD's programs. */
final class HookSamplesIT {

  private final Scripts scripts;

  HookSamplesIT(@TempDir Path directory) throws IOException {
    this.scripts = new Scripts(directory);
    scripts.fake("pfctl", "");
    scripts.fake("mail", "cat");
    scripts.fake("hostname", "echo guest");
  }

  private Ended run(String sample, String outcome, String from, String to, String cut)
      throws Exception {
    ImmutableMap<String, String> environment =
        ImmutableMap.<String, String>builder()
            .put("HNVF_HN", "hn0")
            .put("HNVF_VF", "")
            .put("HNVF_LAGG", "lagg0")
            .put("HNVF_OUTCOME", outcome)
            .put("HNVF_FROM", from)
            .put("HNVF_TO", to)
            .put("HNVF_INTENT", "USE_LAGG")
            .put("HNVF_CAUSE", "VF_UP")
            .put("HNVF_CUTOFF_MS", cut)
            .put("HNVF_TIME", "2026-11-28T04:00:00Z")
            .buildOrThrow();
    Ended ended =
        scripts.run(
            environment,
            List.of("/bin/sh", Scripts.BASE.resolve("config/hooks/" + sample).toString()));
    assertThat(ended.err()).isEmpty();
    return ended;
  }

  @Test
  void pfIsLoadedAgainOnlyIfTheAddressesHaveMoved() throws Exception {
    assertThat(run("reload-pf.sample", "done", "LAGG_VF", "LAGG_SYNTHETIC", "").status())
        .isEqualTo(0);
    assertThat(scripts.log()).isEmpty();
    assertThat(run("reload-pf.sample", "done", "VF_ATTACHED", "LAGG_VF", "80").status())
        .isEqualTo(0);
    assertThat(scripts.log())
        .containsExactly("pfctl -nqf /etc/pf.conf", "pfctl -qf /etc/pf.conf")
        .inOrder();
  }

  @Test
  void rulesWithAMistakeAreNotLoaded() throws Exception {
    scripts.fake("pfctl", "exit 1");
    assertThat(run("reload-pf.sample", "done", "LAGG_VF", "SYNTHETIC", "80").status()).isEqualTo(1);
    assertThat(scripts.log()).containsExactly("pfctl -nqf /etc/pf.conf");
  }

  @ParameterizedTest
  @CsvSource({
    "done, '', 0",
    "done, 1000, 0",
    "done, 1001, 1",
    "rolled-back, '', 1",
    "failed, 5, 1"
  })
  void mailIsSentForAFailureAndForALongCut(String outcome, String cut, int mails) throws Exception {
    Ended ended = run("mail.sample", outcome, "VF_ATTACHED", "LAGG_VF", cut);
    assertThat(ended.status()).isEqualTo(0);
    assertThat(scripts.log().stream().filter(line -> line.startsWith("mail ")).count())
        .isEqualTo(mails);
    assertThat(ended.out().contains("state\t\tVF_ATTACHED, then LAGG_VF\n")).isEqualTo(mails == 1);
  }
}

package org.hnvf.cli;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The product's answers to the words of the laboratory. */
final class ProductCommandLineTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int hnvf(String words) {
    return new Cli(new PrintWriter(out), new PrintWriter(err), new ProductGuests())
        .run(ImmutableList.copyOf(words.split(" ")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status --sim",
        "status --sim=x",
        "vf-up hn0 --sim",
        "daemon --sim=x",
        "config --check --sim",
        "version --sim",
        "demo",
        "sim plug hn0",
        "sandbox x",
        "rehearse x"
      })
  void theyAreRefusedAndTheLaboratoryIsNamed(String words) {
    assertThat(hnvf(words)).isEqualTo(64);
    String word = words.replaceFirst("^.*(--sim\\S*)$", "$1").replaceFirst(" .*", "");
    assertThat(err.toString())
        .isEqualTo(
            "hnvf: "
                + word
                + " is for a simulated guest and needs hnvf-lab.jar; this program manages this machine or the guest of --guest-bin; nothing was done\n");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void anOtherFaultIsNotTheirs() {
    assertThat(hnvf("status --simulated")).isEqualTo(64);
    assertThat(err.toString()).doesNotContain("laboratory");
    assertThat(hnvf("version -- --sim")).isEqualTo(64);
    assertThat(err.toString()).doesNotContain("laboratory");
  }
}

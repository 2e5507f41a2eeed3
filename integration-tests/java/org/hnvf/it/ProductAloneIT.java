package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hnvf.cli.Cli;
import org.hnvf.cli.ProductGuests;
import org.hnvf.it.Scripts.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The product where there is no laboratory: neither its jar nor its libraries. */
@Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ProductAloneIT {

  private static final String VF_UP = "!system=HYPERV_NIC_VF subsystem=hn0 type=VF_UP";

  /** The name of a file in the scratch directory. */
  private static final String PAGE = "report.html";

  private static final ImmutableList<String> VERSION = ImmutableList.of("version");

  /** Every verb but daemon, in an order in which each has something to do. */
  private static final ImmutableList<ImmutableList<String>> LINES =
      ImmutableList.of(
          VERSION,
          ImmutableList.of("status"),
          ImmutableList.of("history"),
          ImmutableList.of("report", "--html", PAGE),
          ImmutableList.of("metrics"),
          ImmutableList.of("capture"),
          ImmutableList.of("doctor"),
          ImmutableList.of("config", "hn0"),
          ImmutableList.of("plan", "hn0"),
          ImmutableList.of("attach", "mlxen0"),
          ImmutableList.of("event", VF_UP),
          ImmutableList.of("vf-up", "hn0"),
          ImmutableList.of("failover", "hn0"),
          ImmutableList.of("failback", "hn0"),
          ImmutableList.of("vf-down", "hn0"),
          ImmutableList.of("release", "hn0"),
          ImmutableList.of("override", "list"));

  private final Path scratch;

  ProductAloneIT(@TempDir Path scratch) throws IOException {
    this.scratch = scratch.toRealPath();
  }

  @Test
  void everyVerbAndTheDaemonDoWithoutIt() throws Exception {
    Installation hnvf = new Installation(scratch);
    try {
      assertThat(Files.exists(hnvf.jar().resolveSibling("hnvf-lab.jar"))).isFalse();
      hnvf.host("plug", "hn0");
      hnvf.awaitState("LAGG_VF");
      for (ImmutableList<String> words : LINES) {
        Program.Answer answer =
            words.equals(VERSION)
                ? hnvf.hnvf("version")
                : unlessBusy(() -> hnvf.oneShot(arguments(words)));
        assertWithMessage("%s\n%s", words, answer.err()).that(answer.status()).isEqualTo(0);
      }
      Process daemon = hnvf.startDaemon();
      assertThat(unlessBusy(() -> hnvf.hnvf("failback", "hn0")).status()).isEqualTo(0);
      hnvf.awaitState("LAGG_VF");
      hnvf.awaitReachable(true);
      assertThat(daemon.isAlive()).isTrue();

      for (String words : List.of("demo", "sim reset", "sandbox x", "status --sim")) {
        Program.Answer answer = hnvf.hnvf(words.split(" ", -1));
        assertThat(answer.err()).startsWith("hnvf: the laboratory is not installed");
        assertThat(answer.status()).isEqualTo(69);
      }
    } finally {
      hnvf.end();
    }
  }

  private String[] arguments(List<String> words) {
    return words.stream()
        .map(word -> word.equals(PAGE) ? scratch.resolve(PAGE).toString() : word)
        .toArray(String[]::new);
  }

  /**
   * The events of a verb are handled by another process, which may hold the pair's lock for a
   * moment.
   */
  private static Program.Answer unlessBusy(Callable<Program.Answer> verb) {
    return Installation.patiently().until(verb, answer -> answer.status() != 75);
  }

  @Test
  void noVerbIsForgottenHere() {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    assertThat(
            new Cli(nowhere, nowhere, new ProductGuests()).commandLine().getSubcommands().keySet())
        .containsExactlyElementsIn(
            Stream.concat(Stream.of("daemon"), LINES.stream().map(words -> words.get(0))).toList());
  }

  /** A checkout in which only the product was built. */
  @Test
  void itIsInstalledAndUninstalledWithoutIt() throws Exception {
    Path tree = scratch.resolve("tree");
    Files.createDirectories(tree.resolve("target"));
    Scripts scripts = new Scripts(scratch.resolve("rig"));
    for (String part : List.of("scripts", "config", "target/hnvf.jar", "target/lib")) {
      Ended copied =
          scripts.run("cp", "-R", Scripts.BASE.resolve(part) + "", tree.resolve(part) + "");
      assertWithMessage(copied.err()).that(copied.status()).isEqualTo(0);
    }
    Path prefix = scratch.resolve("opt");
    ImmutableMap<String, String> environment =
        ImmutableMap.of("PREFIX", prefix + "", "DESTDIR", "/", "JAVA", Scripts.JAVA + "");

    Ended installed = scripts.run(environment, List.of(tree.resolve("scripts/install").toString()));

    assertWithMessage(installed.err()).that(installed.status()).isEqualTo(0);
    Path home = prefix.resolve("share/java/hnvf");
    assertThat(Files.exists(home.resolve("hnvf.jar"))).isTrue();
    assertThat(Files.exists(home.resolve("hnvf-lab.jar"))).isFalse();
    assertThat(Files.exists(home.resolve("lib-lab"))).isFalse();
    assertThat(scripts.run(prefix.resolve("sbin/hnvf").toString(), "version").out())
        .startsWith("hnvf ");

    Ended uninstalled =
        scripts.run(environment, List.of(tree.resolve("scripts/uninstall").toString()));

    assertWithMessage(uninstalled.err()).that(uninstalled.status()).isEqualTo(0);
    assertThat(Files.exists(home)).isFalse();
    assertThat(Files.exists(prefix.resolve("sbin/hnvf"))).isFalse();
  }
}

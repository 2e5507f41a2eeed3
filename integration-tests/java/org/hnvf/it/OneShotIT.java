package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The installed product without a daemon, with its archive of classes: which classes a Java that
 * has just been started loads, and when. One that is not in the archive, or is first used while the
 * guest is cut off, costs time there.
 */
final class OneShotIT {

  private static final String ATTACHED = "!system=ETHERNET subsystem=mlxen0 type=IFATTACH";
  private static final String LOADED = " source: ";
  private static final String ARCHIVED = "shared objects file";

  private final Installation hnvf;

  OneShotIT(@TempDir Path scratch) throws IOException, InterruptedException {
    this.hnvf = new Installation(scratch);
    // This test alone handles the sandbox's lines.
    Files.delete(hnvf.directory().resolve("devd-hook"));
    Path archiver = hnvf.jar().resolve("../../../../libexec/hnvf/archive").normalize();
    Program.Answer made = hnvf.run(archiver.toString());
    assertWithMessage(made.err()).that(made.status()).isEqualTo(0);
  }

  @AfterEach
  void end() throws IOException {
    hnvf.end();
  }

  @Test
  void whatTheVerbsLoadIsInTheArchiveAndNoneOfItIsLoadedInTheCut()
      throws IOException, InterruptedException {
    hnvf.host("plug", "hn0");
    ImmutableList<String> there = told("event", ATTACHED);
    assertNoneIsLoaded(there, "ifconfig mlxen0 up", "route -q add default 10.0.2.2");

    ImmutableList<String> out = told("failover", "hn0");
    assertNoneIsLoaded(out, "ifconfig mlxen0 down", "ifconfig lagg0 -laggport mlxen0");

    ImmutableList<String> in = told("failback", "hn0");
    assertNoneIsLoaded(in, "ifconfig mlxen0 up", "ifconfig mlxen0 up");

    ImmutableList<String> back = told("release", "hn0");
    assertNoneIsLoaded(back, "ifconfig lagg0 -laggport mlxen0", "route -q add default 10.0.2.2");

    for (ImmutableList<String> told : List.of(there, out, in, back)) {
      assertThat(ours(told)).isNotEmpty();
      assertThat(ours(told).stream().filter(line -> !line.contains(ARCHIVED)).toList()).isEmpty();
    }
  }

  /**
   * Returns the log of a one-shot, and the classes that it loads between the lines, in their order.
   */
  private ImmutableList<String> told(String... words) throws IOException, InterruptedException {
    List<String> argv =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xshare:on",
                "-XX:SharedArchiveFile=" + hnvf.jar().resolveSibling("hnvf.jsa"),
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "-Xlog:class+load:stderr:none",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dfile.encoding=UTF-8",
                "-jar",
                hnvf.jar().toString()));
    argv.addAll(List.of(words));
    argv.add("--guest-bin=" + hnvf.directory());
    Program.Answer answer = hnvf.run(argv.toArray(String[]::new));
    assertWithMessage(answer.err()).that(answer.status()).isEqualTo(0);
    return ImmutableList.copyOf(Splitter.on('\n').split(answer.err()));
  }

  private static void assertNoneIsLoaded(ImmutableList<String> told, String first, String last) {
    int from = told.indexOf("hnvf:   " + first);
    int to = told.indexOf("hnvf:   " + last);
    assertWithMessage("%s", told).that(from).isAtLeast(0);
    assertThat(to).isAtLeast(from);
    // The first line comes when its command has ended: what leads to it counts, too.
    int step = from;
    while (told.get(step).startsWith("hnvf:   ") || told.get(step).contains(LOADED)) {
      step--;
    }
    assertThat(
            told.subList(step, to).stream()
                .filter(line -> line.startsWith("org.hnvf.") && line.contains(LOADED))
                .toList())
        .isEmpty();
  }

  /**
   * The classes of hnvf. A lambda is none here: of several of one kind Java archives one, and makes
   * the others anew.
   */
  private static ImmutableList<String> ours(ImmutableList<String> told) {
    return told.stream()
        .filter(line -> line.startsWith("org.hnvf.") && line.contains(LOADED))
        .filter(line -> !line.contains("$$Lambda"))
        .collect(ImmutableList.toImmutableList());
  }
}

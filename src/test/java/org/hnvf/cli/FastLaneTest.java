package org.hnvf.cli;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import com.sun.security.auth.module.UnixSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hnvf.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs that start quickly or stay small load neither picocli nor databind. */
final class FastLaneTest {

  private static final ImmutableList<String> HEAVY =
      ImmutableList.of("picocli", "com.fasterxml", "java.util.logging", "System$Logger");

  private static final String MAIN = Main.class.getName();

  private final Path directory;

  FastLaneTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private Jvm run(String... words) throws Exception {
    String[] command = new String[words.length + 1];
    command[0] = "-Xlog:class+load:file=" + loaded();
    System.arraycopy(words, 0, command, 1, words.length);
    return Jvm.start(directory, command);
  }

  private Path loaded() {
    return directory.resolve("loaded.log");
  }

  private void assertLight() throws Exception {
    ImmutableList<String> classes =
        Files.readAllLines(loaded()).stream()
            .filter(line -> HEAVY.stream().anyMatch(line::contains))
            .collect(ImmutableList.toImmutableList());
    assertThat(classes).isEmpty();
    assertThat(Files.readString(loaded())).contains("org.hnvf.");
  }

  @Test
  void anEventThatConcernsNothingIsAnsweredLightly() throws Exception {
    Jvm jvm = run(MAIN, "event", "!system=IFNET subsystem=em0 type=LINK_UP");

    assertThat(jvm.end()).isEqualTo(0);
    assertThat(jvm.output()).contains("hnvf does not act on this event");
    assertLight();
  }

  /** The service waits for it. */
  @Test
  void theConfigurationFileIsCheckedLightly() throws Exception {
    Jvm jvm = run("-Dhnvf.prefix=" + directory, MAIN, "config", "--check");

    assertThat(jvm.end()).isEqualTo(0);
    assertThat(jvm.output()).contains("look_every");
    assertLight();
  }

  @Test
  void aLineThatIsNoneIsRefusedLightly() throws Exception {
    Jvm jvm = run(MAIN, "event", "no line of devd");

    assertThat(jvm.end()).isEqualTo(65);
    assertThat(jvm.output()).contains("hnvf: not an event line of devd");
    assertLight();
  }

  @Test
  void aDaemonThatServesIsLight() throws Exception {
    Jvm jvm =
        run(
            WholeDaemon.class.getName(),
            directory.resolve("hnvf.sock").toString(),
            Long.toString(new UnixSystem().getUid()));

    assertThat(jvm.end()).isEqualTo(0);
    assertThat(jvm.output()).contains("true Optional[71] [hnvf: cannot read the guest");
    assertLight();
  }

  @Test
  void whatItDoesNotKnowGoesToTheWholeCommandLine() throws Exception {
    Jvm odd = run(MAIN, "daemon", "--odd");

    assertThat(odd.end()).isEqualTo(64);
    assertThat(odd.output()).contains("--odd");
  }
}

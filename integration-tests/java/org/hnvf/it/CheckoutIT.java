package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.hnvf.it.Scripts.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/hnvf} in a checkout: what it has installed, and when it does not ask. */
final class CheckoutIT {

  private static final FileTime EARLIER = FileTime.fromMillis(1_000_000);

  private final BareMachine machine;

  CheckoutIT(@TempDir Path directory) throws IOException {
    this.machine = new BareMachine(directory);
    for (String script : List.of("scripts/hnvf", "scripts/front")) {
      machine.copy(script);
      Path copy = machine.checkout(script);
      // A Java of this machine is none of that one.
      Files.writeString(copy, Files.readString(copy).replace("/usr/local/", "/nowhere/"));
    }
    machine.stub("scripts/requirements", 0);
    Files.createDirectories(machine.checkout("src/main"));
    Files.createDirectories(machine.checkout("target"));
    Files.writeString(machine.checkout("pom.xml"), "");
    Files.setLastModifiedTime(machine.checkout("pom.xml"), EARLIER);
    machine.fake("java", "echo ran");
  }

  private void jarIsFresh() throws IOException {
    Files.writeString(machine.checkout("target/hnvf.jar"), "");
    Files.writeString(machine.checkout("target/hnvf-lab.jar"), "");
  }

  private Ended hnvf() throws Exception {
    return machine.run("scripts/hnvf", "demo");
  }

  @Test
  void whereJarAndJavaAreThereNothingIsAsked() throws Exception {
    jarIsFresh();
    assertThat(hnvf()).isEqualTo(new Ended(0, "ran\n", ""));
    assertThat(machine.ran("scripts/requirements")).isEmpty();
  }

  @Test
  void toBuildItNeedsJavaAndMaven() throws Exception {
    machine.fake("mvn", "touch target/hnvf.jar target/hnvf-lab.jar");
    Ended ended = hnvf();
    assertThat(ended.out()).isEqualTo("ran\n");
    assertThat(ended.status()).isEqualTo(0);
    assertThat(machine.ran("scripts/requirements"))
        .containsExactly("scripts/requirements java javac mvn");
    assertThat(machine.ran("mvn")).hasSize(1);
  }

  @Test
  void withoutJavaAFreshJarNeedsJavaOnly() throws Exception {
    jarIsFresh();
    machine.remove("java");
    Ended ended = hnvf();
    assertThat(machine.ran("scripts/requirements")).containsExactly("scripts/requirements java");
    // The stub puts nothing in its place.
    assertThat(ended.err())
        .isEqualTo("hnvf: no Java found, nothing was done; install openjdk17 or set JAVA_HOME\n");
    assertThat(ended.status()).isEqualTo(69);
  }

  @Test
  void whatCannotBeHadEndsIt() throws Exception {
    machine.stub("scripts/requirements", 69);
    machine.fake("mvn", "");
    assertThat(hnvf()).isEqualTo(new Ended(69, "", ""));
    jarIsFresh();
    machine.remove("java");
    assertThat(hnvf()).isEqualTo(new Ended(69, "", ""));
    assertThat(machine.ran("mvn")).isEmpty();
  }

  @Test
  void withoutTheLaboratorysJarItIsBuilt() throws Exception {
    Files.writeString(machine.checkout("target/hnvf.jar"), "");
    machine.fake("mvn", "touch target/hnvf-lab.jar");
    assertThat(hnvf().out()).isEqualTo("ran\n");
    assertThat(machine.ran("mvn")).hasSize(1);
  }

  @Test
  void theInstalledFrontAsksNobody() throws Exception {
    machine.remove("java");
    Ended ended = machine.run("scripts/front", "demo");
    assertThat(ended.status()).isEqualTo(69);
    assertThat(ended.err()).contains("no Java found");
    assertThat(machine.ran("scripts/requirements")).isEmpty();
  }
}

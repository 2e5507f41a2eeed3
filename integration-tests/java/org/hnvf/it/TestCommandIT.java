package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hnvf.it.Scripts.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code scripts/test}, with fakes of what it runs. */
final class TestCommandIT {

  private static final String EVALUATE = "src/main/resources/org/hnvf/rcconf/evaluate.sh";

  private final BareMachine machine;

  TestCommandIT(@TempDir Path directory) throws Exception {
    this.machine = new BareMachine(directory);
    for (String file :
        List.of(
            "scripts/test",
            "scripts/event",
            "scripts/port/files/hnvf.in",
            "scripts/port/Makefile",
            ".ci/run",
            "README.md",
            EVALUATE)) {
      machine.copy(file);
    }
    machine.stub("scripts/requirements", 0);
    machine.stub("scripts/words", 0);
    machine.has("git");
    machine.fake("shellcheck", "");
    machine.fake("mandoc", "");
    maven(0, report("surefire", "A", 3, 0, 0, 1), report("failsafe", "BIT", 4, 0, 0, 0));
    machine.script("begin", "cd \"${0%/*}\" && git init -q && git add .ci scripts src\n");
    assertThat(machine.run("begin").status()).isEqualTo(0);
    Files.delete(machine.checkout("begin"));
  }

  private void maven(int status, String... reports) throws IOException {
    machine.fake(
        "mvn",
        "mkdir -p target/surefire-reports target/failsafe-reports\n"
            + String.join("", reports)
            + "exit "
            + status);
  }

  /** Shell that writes a report as Maven's plugins do. */
  private static String report(
      String plugin, String name, int tests, int failures, int errors, int skipped) {
    return """
        cat >target/%s-reports/TEST-org.hnvf.%s.xml <<'EOF'
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuite version="3.0" name="org.hnvf.%2$s" time="0.04" tests="%d" errors="%d" skipped="%d" failures="%d" flakes="0">
          <system-out><![CDATA[
        <testsuite name="printed" tests="70" errors="70" skipped="70" failures="70">
        ]]></system-out>
        </testsuite>
        EOF
        """
        .formatted(plugin, name, tests, errors, skipped, failures);
  }

  private Ended test() throws Exception {
    return machine.run("scripts/test");
  }

  private static String last(Ended ended) {
    return ended.out().lines().reduce("", (earlier, line) -> line);
  }

  @Test
  void whatBothPluginsReportIsAddedUp() throws Exception {
    Ended ended = test();
    assertWithMessage(ended.err()).that(ended.status()).isEqualTo(0);
    assertThat(last(ended)).isEqualTo("6 passed, 0 failed");
    assertThat(ended.out()).containsMatch("\n1 skipped\ntook [0-9]+ min [0-9]+ s\n");
    assertThat(ended.err()).isEmpty();
    assertThat(machine.ran("mvn")).containsExactly("mvn -B -ntp verify");
  }

  @Test
  void ciRunsItAndNothingElse() throws Exception {
    Ended ended = machine.run(".ci/run");
    assertThat(last(ended)).isEqualTo("6 passed, 0 failed");
    maven(1);
    assertThat(machine.run(".ci/run").status()).isEqualTo(1);
  }

  @Test
  void whereAnsibleCannotBeInstalledTheRestIsTested() throws Exception {
    machine.script("scripts/requirements", "case $* in *ansible-playbook*) exit 69 ;; esac\n");
    Ended ended = test();
    assertThat(ended.err()).contains("the role of config/ansible is not tested");
    assertThat(last(ended)).isEqualTo("6 passed, 0 failed");
    assertThat(ended.status()).isEqualTo(0);
  }

  @Test
  void itNeedsWhatTheTestsRun() throws Exception {
    test();
    assertThat(machine.ran("scripts/requirements")).hasSize(1);
    assertThat(machine.ran("scripts/requirements").get(0).split(" "))
        .asList()
        .containsAtLeast(
            "java",
            "javac",
            "mvn",
            "shellcheck",
            "mandoc",
            "nc",
            "ps",
            "pgrep",
            "ansible-playbook");
    machine.stub("scripts/requirements", 69);
    assertThat(test()).isEqualTo(new Ended(69, "", ""));
    assertThat(machine.ran("mvn")).hasSize(1);
  }

  /** A test that failed ends Maven, and may also be passed over by it. */
  @ParameterizedTest
  @CsvSource({"1, 1, 0", "1, 0, 1", "1, 1, 1", "0, 1, 0", "0, 0, 1"})
  void aFailedTestIsAFailure(int status, int failures, int errors) throws Exception {
    maven(status, report("surefire", "A", 5, failures, errors, 0));
    Ended ended = test();
    int failed = failures + errors;
    assertThat(ended.status()).isEqualTo(1);
    assertThat(last(ended)).isEqualTo((5 - failed) + " passed, " + failed + " failed");
    assertThat(ended.err()).contains("mvn verify");
  }

  @Test
  void aBuildThatFailedIsAFailureWithoutAnyTest() throws Exception {
    maven(7);
    Ended ended = test();
    assertThat(ended.status()).isEqualTo(7);
    assertThat(ended.err()).isEqualTo("hnvf: mvn verify failed, with exit status 7\n");
    assertThat(last(ended)).isEqualTo("0 passed, 0 failed");
  }

  @Test
  void noTestAtAllIsAFailureAndReportsOfAnEarlierRunDoNotCount() throws Exception {
    assertThat(test().status()).isEqualTo(0);
    machine.fake("mvn", "");
    Ended ended = test();
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err()).isEqualTo("hnvf: mvn verify ran no test\n");
    assertThat(last(ended)).isEqualTo("0 passed, 0 failed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"shellcheck", "mandoc"})
  void aCheckThatFailsEndsItBeforeMaven(String check) throws Exception {
    machine.fake(check, "exit 1");
    Ended ended = test();
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err()).isEqualTo("hnvf: " + check + " failed; no test was run\n");
    assertThat(ended.out()).doesNotContain("passed");
    assertThat(machine.ran("mvn")).isEmpty();
  }

  @Test
  void bannedConstructionEndsItBeforeMaven() throws Exception {
    machine.stub("scripts/words", 1);
    Ended ended = test();
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err()).isEqualTo("hnvf: words failed; no test was run\n");
    assertThat(machine.ran("mvn")).isEmpty();
  }

  @Test
  void everyScriptIsCheckedAlsoOneThatGitDoesNotKnowYet() throws Exception {
    machine.script("scripts/a new one", "true\n");
    Files.writeString(machine.checkout("notes"), "#!/usr/bin/perl\n");
    Files.delete(machine.checkout("scripts/event"));
    assertThat(test().status()).isEqualTo(0);
    assertThat(machine.ran("shellcheck"))
        .containsExactly(
            "shellcheck scripts/a new one .ci/run scripts/port/files/hnvf.in scripts/requirements"
                + " scripts/test scripts/words "
                + EVALUATE);
  }

  @Test
  void whereGitListsNothingItIsNoSuccess() throws Exception {
    machine.fake("git", "exit 128");
    assertThat(test().status()).isEqualTo(128);
    machine.fake("git", "");
    Ended ended = test();
    assertThat(ended.status()).isEqualTo(70);
    assertThat(ended.err()).contains("git lists no script");
    assertThat(machine.ran("mvn")).isEmpty();
  }
}

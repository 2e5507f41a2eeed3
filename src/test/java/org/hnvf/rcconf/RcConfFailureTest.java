package org.hnvf.rcconf;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.hnvf.model.CommandResult;
import org.hnvf.model.ExitCode;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults of an evaluation, and their messages. */
final class RcConfFailureTest {

  private final Path root;
  private final RcConfDirectory directory;

  RcConfFailureTest(@TempDir Path root) {
    this.root = root;
    this.directory = new RcConfDirectory(root);
  }

  @Test
  void aGivenFileThatIsNotThereIsAnError() {
    Path absent = root.resolve("absent.conf");

    UserException error =
        assertThrows(UserException.class, () -> directory.rcConf().evaluateFile(absent));

    assertThat(error.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(error).hasMessageThat().contains(absent + " does not exist or cannot be read");
  }

  @Test
  void aSyntaxErrorNamesTheFileAndWhatShSaid() throws Exception {
    directory.write("/etc/rc.conf", "ifconfig_hn0=DHCP\n");
    directory.write("/etc/rc.conf.local", "ifconfig_hn1=\"never closed\n");

    String message = failure();

    assertThat(message).contains(root + "/etc/rc.conf.local ended the shell");
    assertThat(message).contains("exit status 2");
    assertThat(message).contains("Unterminated quoted string");
  }

  @Test
  void anUnfinishedConditionIsASyntaxErrorToo() throws Exception {
    directory.write("/etc/rc.conf", "if true; then ifconfig_hn0=DHCP\n");

    assertThat(failure()).contains(root + "/etc/rc.conf ended the shell");
  }

  @Test
  void anExitNamesTheFile() throws Exception {
    directory.write("/etc/rc.conf", "ifconfig_hn0=DHCP\nexit 0\n");

    assertThat(failure())
        .contains(root + "/etc/rc.conf ended the shell before all of it was read (exit status 0)");
  }

  @Test
  void outputBeforeAnExitIsShown() throws Exception {
    directory.write("/etc/rc.conf", "echo too much; exit 1\n");

    assertThat(failure())
        .contains(
            root + "/etc/rc.conf writes to standard output, which a file of rc.conf must not do");
  }

  @Test
  void aFailureUnderSetEEndsTheShell() throws Exception {
    directory.write("/etc/rc.conf", "set -e\nfalse\n");

    assertThat(failure()).contains("/etc/rc.conf ended the shell");
  }

  @Test
  void writingToStandardOutputNamesTheFileAndTheText() throws Exception {
    directory.write("/etc/rc.conf", "ifconfig_hn0=DHCP\n");
    directory.write("/etc/rc.conf.d/netif", "echo hello\n");

    assertThat(failure())
        .contains(
            root
                + "/etc/rc.conf.d/netif writes to standard output, which a file of rc.conf must not do: \"hello?\"");
  }

  @Test
  void outputWithoutANewlineIsFoundToo() throws Exception {
    directory.write("/etc/rc.conf", "printf x\n");

    assertThat(failure()).contains("/etc/rc.conf writes to standard output");
  }

  @Test
  void theDefaultsMustBeQuietToo() throws Exception {
    directory.write("/etc/defaults/rc.conf", "echo loud\n");

    assertThat(failure()).contains("/etc/defaults/rc.conf writes to standard output");
  }

  @Test
  void outputThatLooksLikeOursIsFound() throws Exception {
    directory.write("/etc/rc.conf", "printf 'done 1\\n'\n");
    assertThat(failure()).contains("/etc/rc.conf");

    directory.write("/etc/rc.conf", "printf \"done 1\\nset ifconfig_hn0 'DHCP'\\nend\\n\"\n");
    assertThat(failure()).contains("/etc/rc.conf");

    directory.write("/etc/rc.conf", "printf \"done 1\\nread 2 '/x'\\n\"\n");
    assertThat(failure()).contains("/x");
  }

  @Test
  void standardOutputThatIsClosedIsAnError() throws Exception {
    directory.write("/etc/rc.conf", "exec >/dev/null\n");

    assertThat(failure()).contains("/etc/rc.conf");
  }

  @Test
  void outputAfterTheEndIsAnError() throws Exception {
    directory.write("/etc/rc.conf", "trap 'echo bye' EXIT\n");

    assertThat(failure()).contains("/etc/rc.conf");
  }

  @Test
  void anRcConfWithoutAnEndIsGivenUp() throws Exception {
    directory.write("/etc/rc.conf", "while :; do :; done\n");
    RcConf rcConf = directory.rcConf(Duration.ofMillis(500));

    UserException error = assertThrows(UserException.class, rcConf::evaluate);

    assertThat(error.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(error).hasMessageThat().contains("within 500 ms");
  }

  @Test
  void theFileThatTookTooLongIsNamed() {
    String first = "read 1 '/etc/rc.conf'\ndone 1\n";

    assertThat(timeoutAfter(first + "read 2 '/etc/it'\\''s'\n"))
        .contains("/etc/it's was not read to its end within 700 ms");
    assertThat(timeoutAfter(first + "end\n"))
        .contains("not evaluated within 700 ms; the last file read was /etc/rc.conf");
    assertThat(timeoutAfter("")).contains("not evaluated within 700 ms");
  }

  @Test
  void aFileThatIsNoFileIsAnError() throws Exception {
    Files.createDirectories(root.resolve("etc/rc.conf"));

    assertThat(failure()).contains("/etc/rc.conf does not exist or cannot be read");
  }

  @Test
  void whereThereIsNoShellItIsTheSystemsFault() {
    RcConf missing = rcConfThatEnds(new CommandResult.NotFound("/bin"), "");
    RcConf broken = rcConfThatEnds(new CommandResult.NotRun("no processes left"), "");

    SystemException notFound = assertThrows(SystemException.class, missing::evaluate);
    SystemException notRun = assertThrows(SystemException.class, broken::evaluate);

    assertThat(notFound).hasMessageThat().contains("/bin/sh was not found in /bin");
    assertThat(notRun).hasMessageThat().contains("/bin/sh could not be run: no processes left");
    assertThat(notRun.exitCode()).isEqualTo(ExitCode.SYSTEM);
  }

  @Test
  void aShellThatSaysNothingIsAnError() {
    RcConf silent = rcConfThatEnds(new CommandResult.Exited(127), "");

    UserException error = assertThrows(UserException.class, silent::evaluate);

    assertThat(error).hasMessageThat().contains("the shell did not start (exit status 127)");
  }

  @Test
  void outputThatIsCutOffIsAnErrorWhereverItIsCut() throws Exception {
    String whole = "read 1 '/etc/rc.conf'\ndone 1\nset ifconfig_hn0 'a'\\''b'\nend\n";
    CommandResult.Ending ended = new CommandResult.Exited(0);

    assertThat(rcConfThatEnds(ended, whole).evaluate().variables().text("ifconfig_hn0"))
        .isEqualTo("a'b");
    for (int length = 0; length < whole.length(); length++) {
      RcConf cut = rcConfThatEnds(ended, whole.substring(0, length));
      UserException error = assertThrows(UserException.class, cut::evaluate);
      assertThat(error.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    }
  }

  /** A whole form, of a shell that a signal ended or whose output was cut. */
  @Test
  void evaluationThatMayNotBeWholeIsNone() {
    RcConf killed = rcConfThatEnds(new CommandResult.Exited(137), "set a 'b'\nend\n");
    assertThat(assertThrows(UserException.class, killed::evaluate))
        .hasMessageThat()
        .contains("exit status 137");
    CommandResult.Ending ended = new CommandResult.Exited(0);
    RcConf cut =
        new RcConf(
            command ->
                new CommandResult(command, ended, "set a 'b'\nend\n", "", Duration.ZERO)
                    .cut("set a 'b'\nend\n", "output cut after 1 bytes"));
    assertThat(assertThrows(SystemException.class, cut::evaluate))
        .hasMessageThat()
        .isEqualTo(
            "rc.conf could not be evaluated: the output of /bin/sh is incomplete: output cut after 1"
                + " bytes");
  }

  private static String timeoutAfter(String stdout) {
    CommandResult.Ending ending = new CommandResult.TimedOut(Duration.ofMillis(700));
    RcConf slow = rcConfThatEnds(ending, stdout);
    return String.valueOf(assertThrows(UserException.class, slow::evaluate).getMessage());
  }

  private static RcConf rcConfThatEnds(CommandResult.Ending ending, String stdout) {
    return new RcConf(command -> new CommandResult(command, ending, stdout, "", Duration.ZERO));
  }

  private String failure() {
    UserException error = assertThrows(UserException.class, directory::evaluate);
    assertThat(error.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    return String.valueOf(error.getMessage());
  }
}

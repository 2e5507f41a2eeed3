package org.hnvf.exec;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.collect.ImmutableMap;
import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.HnvfException;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A guest that is a directory: which programs are run, and whose they must be. */
final class GuestDirectoryTest {

  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final Path guest;

  GuestDirectoryTest(@TempDir Path scratch) throws IOException {
    this.guest = Files.createDirectory(scratch.resolve("guest"), mode("rwx------"));
    Files.createDirectory(guest.resolve("bin"), mode("rwxr-xr-x"));
    Files.createDirectory(guest.resolve("root"), mode("rwxr-xr-x"));
    program("bin/ifconfig", "echo \"the guest's ifconfig $*\"");
  }

  private static java.nio.file.attribute.FileAttribute<?> mode(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }

  private void program(String name, String text) throws IOException {
    Path file = guest.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    permit(file, "rwxr-xr-x");
  }

  private static void permit(Path file, String permissions) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private CommandResult run(String program, String... arguments) throws HnvfException {
    return GuestDirectory.open(guest, false)
        .runner()
        .run(Command.reading(LIMIT, program, arguments));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ifconfig", "/sbin/ifconfig", "/usr/bin/ifconfig"})
  void aProgramOfTheBaseSystemIsTheGuests(String program) throws HnvfException {
    assertThat(run(program, "-l").stdout()).isEqualTo("the guest's ifconfig -l\n");
    assertThat(run(program, "-l").command().program()).isEqualTo(program);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cat", "/bin/cat"})
  void oneThatTheGuestDoesNotHaveIsNotTakenFromThisMachine(String program) throws HnvfException {
    assertThat(run(program).ending()).isInstanceOf(CommandResult.NotFound.class);
  }

  @Test
  void otherProgramsAreUnderItsRootAndFindItsOwnFirst() throws IOException, HnvfException {
    program("root/usr/libexec/script", "ifconfig from the script; cat /dev/null; echo $HN");

    CommandResult result =
        GuestDirectory.open(guest, false)
            .runner()
            .run(
                Command.changing(LIMIT, "/usr/libexec/script")
                    .withEnvironment(ImmutableMap.of("HN", "hn0")));

    assertThat(result.stdout()).isEqualTo("the guest's ifconfig from the script\nhn0\n");
    assertThat(result.stderr()).isEmpty();
  }

  @Test
  void shIsThisMachines() throws HnvfException {
    assertThat(run("/bin/sh", "-c", "echo here").stdout()).isEqualTo("here\n");
  }

  @Test
  void whatIsNoGuestIsRefused() throws IOException {
    Files.delete(guest.resolve("root"));

    UserException refused = assertThrows(UserException.class, () -> run("ifconfig"));

    assertThat(refused.exitCode().status()).isEqualTo(78);
    assertThat(refused).hasMessageThat().endsWith("/guest/root is not a directory");
    assertThrows(SystemException.class, () -> GuestDirectory.open(guest.resolve("nowhere"), false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "bin", "root", "bin/ifconfig"})
  void asRootOneThatOthersCanWriteToIsRefused(String what) throws IOException, HnvfException {
    assumeTrue(new UnixSystem().getUid() == 0);
    GuestDirectory.open(guest, true);
    permit(guest.resolve(what), "rwxrwxr-x");

    assertThat(refusal()).endsWith("is writable by group or others (mode 0775)");
    GuestDirectory.open(guest, false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "bin", "root", "bin/ifconfig"})
  void asRootOneThatIsSomebodyElsesIsRefused(String what) throws IOException {
    assumeTrue(new UnixSystem().getUid() == 0);
    Files.setAttribute(guest.resolve(what), "unix:uid", 4711);

    assertThat(refusal()).endsWith("is not owned by root");
  }

  @Test
  void asRootOneInADirectoryInWhichOthersCanReplaceItIsRefused() throws IOException {
    assumeTrue(new UnixSystem().getUid() == 0);
    permit(guest.resolveSibling("."), "rwxrwxrwx");

    assertThat(refusal()).endsWith("is writable by group or others (mode 0777)");
  }

  @Test
  void asRootAProgramThatIsALinkIsRefused() throws IOException {
    assumeTrue(new UnixSystem().getUid() == 0);
    Files.createSymbolicLink(guest.resolve("bin/route"), Path.of("ifconfig"));

    assertThat(refusal()).endsWith("bin/route is a symbolic link");
  }

  private String refusal() {
    UserException refused =
        assertThrows(UserException.class, () -> GuestDirectory.open(guest, true));
    assertThat(refused.exitCode().status()).isEqualTo(78);
    return String.valueOf(refused.getMessage());
  }
}

package org.hnvf.cli;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.hnvf.model.ExitCode;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which machine hnvf works on, and for whom. */
final class ProductGuestsTest {

  private final Path root;
  private final Path program;

  ProductGuestsTest(@TempDir Path root) throws IOException {
    this.root = root;
    this.program = Files.createDirectory(root.resolve("bin")).resolve("freebsd-version");
  }

  private void isFreeBsd(String mode) throws IOException {
    Files.writeString(program, "#!/bin/sh\necho 15.0-RELEASE\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString(mode));
  }

  private OpenGuest openFor(long uid) throws Exception {
    return new ProductGuests(root, () -> uid).open(Optional.empty());
  }

  private UserException refused(long uid) {
    return assertThrows(UserException.class, () -> openFor(uid));
  }

  /** The Java of these tests says Linux, or whatever it runs on; that does not matter. */
  @Test
  void theSystemSaysWhatItIs() throws Exception {
    isFreeBsd("r-xr-xr-x");
    try (OpenGuest guest = openFor(0)) {
      assertThat((Object) guest.machine().root()).isEqualTo(root);
    }
  }

  @Test
  void aSystemWithoutTheProgramIsRefused() {
    UserException e = refused(0);
    assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(e)
        .hasMessageThat()
        .contains("does not run FreeBSD (/bin/freebsd-version does not exist");
  }

  @Test
  void whatIsNoProgramSaysNothing() throws Exception {
    isFreeBsd("r--r--r--");
    assertThat(refused(0)).hasMessageThat().contains("does not run FreeBSD");
    Files.delete(program);
    Files.createDirectory(program);
    assertThat(refused(0)).hasMessageThat().contains("does not run FreeBSD");
  }

  @Test
  void onlyUidZeroIsRoot() throws Exception {
    isFreeBsd("r-xr-xr-x");
    UserException e = refused(1001);
    assertThat(e.exitCode()).isEqualTo(ExitCode.NOT_ROOT);
    assertThat(e).hasMessageThat().contains("only root can read");
  }

  @Test
  void anUnknownUserIsNotTakenForRoot() throws Exception {
    isFreeBsd("r-xr-xr-x");
    ProductGuests guests =
        new ProductGuests(
            root,
            () -> {
              throw SystemException.failed("nobody knows");
            });
    SystemException e = assertThrows(SystemException.class, () -> guests.open(Optional.empty()));
    assertThat(e).hasMessageThat().contains("nobody knows");
  }
}

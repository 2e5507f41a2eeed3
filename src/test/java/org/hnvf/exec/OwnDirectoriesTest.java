package org.hnvf.exec;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.hnvf.model.SystemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** hnvf's own directories have to be root's alone, whatever is written or locked in them. */
final class OwnDirectoriesTest {

  private final Path root;
  private final Path elsewhere;
  private final DurableFiles files;

  OwnDirectoriesTest(@TempDir Path directory) throws IOException {
    this.root = Files.createDirectory(directory.resolve("root"));
    this.elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    this.files = new NioDurableFiles(root);
    Files.createDirectories(root.resolve("var/db"));
    Files.createDirectories(root.resolve("var/run"));
    Files.writeString(elsewhere.resolve("there"), "old");
  }

  private Path at(String path) {
    return root.resolve(path.substring(1));
  }

  private void mode(String path, String mode) throws IOException {
    Files.setPosixFilePermissions(at(path), PosixFilePermissions.fromString(mode));
  }

  private String mode(String path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(at(path)));
  }

  /** All that writes, locks or takes away in a directory. */
  private ImmutableMap<String, Executable> changes(String directory) {
    files();
    return ImmutableMap.<String, Executable>builder()
        .put("write", () -> files.write(directory + "/hn0.delay", "new"))
        .put("replace", () -> files.write(directory + "/there", "new"))
        .put("append", () -> files.append(directory + "/there", "more"))
        .put("set aside", () -> files.setAside(directory + "/there"))
        .put("rename from", () -> files.rename(directory + "/there", "/var/away"))
        .put("rename to", () -> files.rename("/var/here", directory + "/there"))
        .put("delete", () -> files.delete(directory + "/there"))
        .put("lock", () -> files.tryLock(directory + "/hn0.lock", "test"))
        .put("lock again", () -> files.tryLock(directory + "/there", "test"))
        .build();
  }

  private void files() {
    try {
      Files.writeString(at("/var/here"), "here");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void assertAllRefused(String directory, String why) {
    changes(directory)
        .forEach(
            (name, change) -> {
              SystemException e = assertThrows(SystemException.class, change, name);
              assertWithMessage(name).that(e).hasMessageThat().contains(why);
              assertWithMessage(name).that(e).hasMessageThat().contains("with mode 0700");
            });
  }

  private void assertNothingHappenedElsewhere() throws IOException {
    assertThat(Files.readString(elsewhere.resolve("there"))).isEqualTo("old");
    try (var left = Files.list(elsewhere)) {
      assertThat(left).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {OwnDirectories.STATE, OwnDirectories.RUN})
  void nothingIsWrittenOrLockedThroughALink(String directory) throws IOException {
    Files.createSymbolicLink(at(directory), elsewhere);
    assertAllRefused(directory, "it is a symbolic link");
    assertNothingHappenedElsewhere();
  }

  @Test
  void norThroughALinkBelow() throws Exception {
    files.write(OwnDirectories.STATE + "/hn0.word", "word");
    Files.createSymbolicLink(at(OwnDirectories.STATE + "/history"), elsewhere);
    assertAllRefused(OwnDirectories.STATE + "/history", "it is a symbolic link");
    assertNothingHappenedElsewhere();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwx-w----", "rwx----w-", "rwxrwxrwx"})
  void whereOthersMayWriteIsRefusedAndStaysAsItIs(String mode) throws Exception {
    files.write(OwnDirectories.RUN + "/there", "old");
    mode(OwnDirectories.RUN, mode);
    assertAllRefused(OwnDirectories.RUN, "it is writable by others (" + mode + ")");
    assertThat(mode(OwnDirectories.RUN)).isEqualTo(mode);
    assertThat(files.read(OwnDirectories.RUN + "/there")).hasValue("old");
  }

  @Test
  void anothersIsRefused() throws Exception {
    files.write(OwnDirectories.RUN + "/there", "old");
    assumeTrue(Files.getAttribute(root, "unix:uid").equals(0));
    Files.setAttribute(at(OwnDirectories.RUN), "unix:uid", 54321);
    assertAllRefused(OwnDirectories.RUN, "it is owned by 54321, not by ");
  }

  @ParameterizedTest
  @CsvSource({"rwxr-xr-x", "rwx--x---", "rwxr-----", "rwx-----x"})
  void whereOthersMayOnlyLookIsClosedBeforeItIsUsed(String mode) throws Exception {
    files.write(OwnDirectories.STATE + "/history/old", "old");
    mode(OwnDirectories.STATE, mode);
    mode(OwnDirectories.STATE + "/history", mode);
    files.write(OwnDirectories.STATE + "/hn0.delay", "text");
    assertThat(mode(OwnDirectories.STATE)).isEqualTo("rwx------");
    files.write(OwnDirectories.STATE + "/history/new", "text");
    assertThat(mode(OwnDirectories.STATE + "/history")).isEqualTo("rwx------");
    mode(OwnDirectories.STATE, mode);
    files.tryLock(OwnDirectories.STATE + "/hn0.lock", "test").orElseThrow().close();
    assertThat(mode(OwnDirectories.STATE)).isEqualTo("rwx------");
  }

  @Test
  void whatIsMissingIsMadeForRootAlone() throws Exception {
    files.tryLock(OwnDirectories.RUN + "/hn0.lock", "test").orElseThrow().close();
    files.write(OwnDirectories.STATE + "/history/x", "text");
    for (String made :
        new String[] {
          OwnDirectories.RUN, OwnDirectories.STATE, OwnDirectories.STATE + "/history"
        }) {
      assertThat(mode(made)).isEqualTo("rwx------");
    }
  }

  /** rc.d/cleanvar empties /var/run, which on a machine with little memory may be elsewhere. */
  @Test
  void whatIsAboveThemMayBeALink() throws Exception {
    Files.delete(at("/var/run"));
    Files.createSymbolicLink(at("/var/run"), elsewhere);
    files.write(OwnDirectories.RUN + "/hn0.lagg", "lagg0");
    assertThat(Files.readString(elsewhere.resolve("hnvf/hn0.lagg"))).isEqualTo("lagg0");
  }

  @Test
  void othersDirectoriesAreNoneOfItsBusiness() throws Exception {
    mode("/var/db", "rwxrwxr-x");
    files.write("/var/db/dhclient.leases.lagg0", "lease");
    files.write("/var/db/hnvf.else", "text");
    assertThat(mode("/var/db")).isEqualTo("rwxrwxr-x");
  }
}

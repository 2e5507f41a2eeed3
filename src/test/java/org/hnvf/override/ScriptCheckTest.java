package org.hnvf.override;

import static com.google.common.truth.Truth.assertThat;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.hnvf.override.FileFacts.Facts;
import org.hnvf.override.FileFacts.Kind;
import org.hnvf.override.OverrideScript.Accepted;
import org.hnvf.override.OverrideScript.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a file system in memory, in which everything is root's and 0755 until a test changes it. */
final class ScriptCheckTest {

  private static final String SCRIPT = "/usr/libexec/hyperv/hyperv_vfup.hn0";
  private static final Interpreter INTERPRETER = new Interpreter(Path.of("/"));

  private final FileSystem memory =
      Jimfs.newFileSystem(
          Configuration.unix().toBuilder()
              .setWorkingDirectory("/")
              .setAttributeViews("basic", "owner", "posix")
              .setDefaultAttributeValue("owner:owner", "root")
              .setDefaultAttributeValue("posix:permissions", "rwxr-xr-x")
              .build());
  private final Path root = memory.getPath("/guest");

  ScriptCheckTest() throws IOException {
    Files.createDirectories(root.resolve("usr/libexec/hyperv"));
  }

  @Test
  void scriptOfRootIsAccepted() throws IOException {
    create(SCRIPT);

    assertThat(look()).hasValue(new Accepted(SCRIPT));
  }

  @Test
  void noScriptIsNoScript() {
    assertThat(look()).isEmpty();
  }

  @Test
  void noDirectoryIsNoScript() throws IOException {
    Files.delete(root.resolve("usr/libexec/hyperv"));

    assertThat(look()).isEmpty();
  }

  @Test
  void fileInPlaceOfADirectoryIsNoScript() throws IOException {
    Files.delete(root.resolve("usr/libexec/hyperv"));
    create("/usr/libexec/hyperv");

    assertThat(look()).isEmpty();
  }

  /** Many a /usr/local is writable by a group. Where it holds no script that is no concern. */
  @Test
  void badDirectoryWithoutAScriptIsNoScript() throws IOException {
    mode("/usr", "rwxrwxr-x");

    assertThat(look()).isEmpty();
  }

  @Test
  void scriptOfSomebodyElseIsRefused() throws IOException {
    create(SCRIPT);
    owner(SCRIPT, "operator");

    assertRefused(SCRIPT + " is not owned by root");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwxr-x", "rwxr-xrwx", "r-x--x-w-"})
  void scriptThatOthersMayWriteIsRefused(String mode) throws IOException {
    create(SCRIPT);
    mode(SCRIPT, mode);

    assertThat(reason()).startsWith(SCRIPT + " is writable by group or others (mode 0");
  }

  @Test
  void scriptThatIsNotExecutableIsRefused() throws IOException {
    create(SCRIPT);
    mode(SCRIPT, "rw-r--r--");

    assertRefused(SCRIPT + " is not executable");
  }

  @Test
  void directoryIsRefused() throws IOException {
    Files.createDirectory(at(SCRIPT));

    assertRefused(SCRIPT + " is not a regular file");
  }

  @Test
  void deviceOrSocketIsRefused() throws IOException {
    create(SCRIPT);
    FileFacts real = FileFacts.of(memory);
    FileFacts facts =
        path ->
            real.at(path)
                .map(f -> path.endsWith("hyperv_vfup.hn0") ? new Facts(Kind.OTHER, f.rights()) : f);

    assertThat(new ScriptCheck(root, facts, OwnerPolicy.ROOT, INTERPRETER).look(SCRIPT))
        .hasValue(new Refused(SCRIPT, SCRIPT + " is not a regular file"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/usr", "/usr/libexec", "/usr/libexec/hyperv"})
  void directoryOnTheWayThatOthersMayWriteIsRefused(String directory) throws IOException {
    create(SCRIPT);
    mode(directory, "rwxrwxr-x");
    assertRefused(directory + " is writable by group or others (mode 0775)");

    mode(directory, "rwxr-xrwx");
    assertRefused(directory + " is writable by group or others (mode 0757)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/usr", "/usr/libexec", "/usr/libexec/hyperv"})
  void directoryOnTheWayOfSomebodyElseIsRefused(String directory) throws IOException {
    create(SCRIPT);
    owner(directory, "operator");

    assertRefused(directory + " is not owned by root");
  }

  @Test
  void stickyBitDoesNotHelp() throws IOException {
    create(SCRIPT);
    FileFacts real = FileFacts.of(memory);
    FileFacts facts =
        path ->
            real.at(path)
                .map(
                    f ->
                        path.endsWith("libexec")
                            ? new Facts(f.kind(), Optional.of(new FileFacts.Rights(true, 01777)))
                            : f);

    assertThat(new ScriptCheck(root, facts, OwnerPolicy.ROOT, INTERPRETER).look(SCRIPT))
        .hasValue(new Refused(SCRIPT, "/usr/libexec is writable by group or others (mode 1777)"));
  }

  @Test
  void firstFaultOnTheWayIsTold() throws IOException {
    create(SCRIPT);
    mode("/usr", "rwxrwxrwx");
    owner(SCRIPT, "operator");

    assertRefused("/usr is writable by group or others (mode 0777)");
  }

  @Test
  void linkToAGoodScriptIsAccepted() throws IOException {
    create("/usr/share/hnvf/script");
    link(SCRIPT, "../../share/./hnvf//script");

    assertThat(look()).hasValue(new Accepted(SCRIPT));
  }

  @Test
  void absoluteLinkStartsAtTheGuestsRoot() throws IOException {
    create("/opt/script");
    link(SCRIPT, "/opt/script");

    assertThat(look()).hasValue(new Accepted(SCRIPT));
  }

  @Test
  void linkDoesNotLeaveTheGuest() throws IOException {
    Files.createFile(memory.getPath("/outside"));
    link(SCRIPT, "../../../../../outside");

    assertRefused("/outside does not exist");
  }

  @Test
  void linkOfSomebodyElseIsRefused() throws IOException {
    create("/opt/script");
    link(SCRIPT, "/opt/script");
    owner(SCRIPT, "operator");

    assertRefused(SCRIPT + " is not owned by root");
  }

  @Test
  void directoryThatALinkLeadsThroughIsLookedAt() throws IOException {
    create("/opt/script");
    link(SCRIPT, "/opt/script");
    mode("/opt", "rwxrwxr-x");

    assertRefused("/opt is writable by group or others (mode 0775)");
  }

  @Test
  void targetOfALinkIsLookedAt() throws IOException {
    create("/opt/script");
    link(SCRIPT, "/opt/script");
    mode("/opt/script", "rwxr-xrwx");

    assertRefused("/opt/script is writable by group or others (mode 0757)");
  }

  @Test
  void linkedDirectoryIsLookedAt() throws IOException {
    Files.delete(root.resolve("usr/libexec/hyperv"));
    create("/var/tmp/hyperv/hyperv_vfup.hn0");
    link("/usr/libexec/hyperv", "/var/tmp/hyperv");
    assertThat(look()).hasValue(new Accepted(SCRIPT));

    mode("/var/tmp", "rwxrwxrwx");
    assertRefused("/var/tmp is writable by group or others (mode 0777)");
  }

  @Test
  void linkedDirectoryWithoutAScriptIsNoScript() throws IOException {
    Files.delete(root.resolve("usr/libexec/hyperv"));
    Files.createDirectories(root.resolve("var/hyperv"));
    link("/usr/libexec/hyperv", "/var/hyperv");
    assertThat(look()).isEmpty();

    Files.delete(root.resolve("var/hyperv"));
    assertThat(look()).isEmpty();
  }

  @Test
  void linkThatLeadsNowhereIsRefused() throws IOException {
    link(SCRIPT, "/opt/script");

    assertRefused("/opt does not exist");
  }

  @Test
  void linkThroughAFileIsRefused() throws IOException {
    create("/opt/script");
    link(SCRIPT, "/opt/script/..");

    assertRefused("/opt/script is not a directory");
  }

  @Test
  void linkToADirectoryIsRefused() throws IOException {
    link(SCRIPT, "..");
    assertRefused("/usr/libexec is not a regular file");

    Files.delete(at(SCRIPT));
    link(SCRIPT, "/");
    assertRefused("/ is not a regular file");
  }

  @Test
  void chainOfLinksIsFollowedToItsFortiethAndNoFurther() throws IOException {
    create("/opt/0");
    for (int i = 1; i < 40; i++) {
      link("/opt/" + i, Integer.toString(i - 1));
    }
    link(SCRIPT, "/opt/39");
    assertThat(look()).hasValue(new Accepted(SCRIPT));

    link("/opt/40", "39");
    Files.delete(at(SCRIPT));
    link(SCRIPT, "/opt/40");
    assertThat(reason()).contains("more than 40 symbolic links");
  }

  @Test
  void loopOfLinksIsRefused() throws IOException {
    link(SCRIPT, "hyperv_vfup.hn0");
    assertThat(reason()).contains("is not followed");

    Files.delete(at(SCRIPT));
    Files.delete(root.resolve("usr/libexec/hyperv"));
    link("/usr/libexec/hyperv", "a");
    link("/usr/libexec/a", "hyperv");
    assertThat(reason()).contains("is not followed");
  }

  @Test
  void ownerMayBeAnybodyOnASimulatedGuest() throws IOException {
    create(SCRIPT);
    owner(SCRIPT, "me");
    owner("/usr", "me");
    ScriptCheck simulated =
        new ScriptCheck(root, FileFacts.of(memory), OwnerPolicy.ANYBODY, INTERPRETER);
    assertThat(simulated.look(SCRIPT)).hasValue(new Accepted(SCRIPT));

    mode("/usr", "rwxrwxr-x");
    assertThat(simulated.look(SCRIPT))
        .hasValue(new Refused(SCRIPT, "/usr is writable by group or others (mode 0775)"));
  }

  @Test
  void fileSystemWithoutOwnersHasNoAcceptableScript() throws IOException {
    try (FileSystem plain = Jimfs.newFileSystem(Configuration.unix())) {
      Path other = plain.getPath("/");
      ScriptCheck check =
          new ScriptCheck(other, FileFacts.of(plain), OwnerPolicy.ANYBODY, INTERPRETER);
      assertThat(check.look(SCRIPT)).isEmpty();

      Files.createDirectories(other.resolve("usr/libexec/hyperv"));
      Files.createFile(other.resolve(SCRIPT));
      assertThat(check.look(SCRIPT))
          .hasValue(
              new Refused(SCRIPT, "/ is on a file system that reports neither owner nor mode"));
    }
  }

  @Test
  void whatCannotBeLookedAtIsRefused() {
    FileFacts broken =
        path -> {
          throw new IOException("disk is broken");
        };

    assertThat(new ScriptCheck(root, broken, OwnerPolicy.ROOT, INTERPRETER).look(SCRIPT))
        .hasValue(new Refused(SCRIPT, "it cannot be read: java.io.IOException: disk is broken"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"root", "toor", "0"})
  void rootHasSeveralNames(String name) throws IOException {
    create(SCRIPT);
    owner(SCRIPT, name);
    assertThat(look()).hasValue(new Accepted(SCRIPT));
  }

  private Optional<OverrideScript> look() {
    return new ScriptCheck(root, FileFacts.of(memory), OwnerPolicy.ROOT, INTERPRETER).look(SCRIPT);
  }

  private void assertRefused(String reason) {
    assertThat(look()).hasValue(new Refused(SCRIPT, reason));
  }

  private String reason() {
    return look()
        .map(script -> script instanceof Refused refused ? refused.reason() : "")
        .orElse("");
  }

  private Path at(String path) {
    return root.resolve(path.substring(1));
  }

  private void create(String path) throws IOException {
    Path file = at(path);
    Files.createDirectories(file.resolve("..").normalize());
    Files.createFile(file);
  }

  private void link(String path, String target) throws IOException {
    Files.createSymbolicLink(at(path), memory.getPath(target));
  }

  private void mode(String path, String mode) throws IOException {
    Set<PosixFilePermission> permissions = PosixFilePermissions.fromString(mode);
    Files.setPosixFilePermissions(at(path), permissions);
  }

  private void owner(String path, String owner) throws IOException {
    Files.getFileAttributeView(at(path), PosixFileAttributeView.class, NOFOLLOW_LINKS)
        .setOwner(memory.getUserPrincipalLookupService().lookupPrincipalByName(owner));
  }
}

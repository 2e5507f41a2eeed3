package org.hnvf.control;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is root, however Java shows it. */
final class PeersTest {

  /** A user as its name, which says nothing of a number. */
  private record Shown(String getName) implements UserPrincipal {}

  /** A user as its number, as Java's own. */
  private record Numbered(int uid, String getName) implements UserPrincipal {
    @Override
    public boolean equals(Object other) {
      return other instanceof Numbered numbered && numbered.uid == uid;
    }

    @Override
    public int hashCode() {
      return uid;
    }
  }

  /** The users of a FreeBSD. */
  private static final class Users extends UserPrincipalLookupService {
    private static final ImmutableMap<String, Integer> KNOWN =
        ImmutableMap.of("root", 0, "toor", 0, "eve", 1001);

    @Override
    public UserPrincipal lookupPrincipalByName(String name) throws IOException {
      Integer uid = KNOWN.get(name);
      if (uid == null && !name.matches("[0-9]+")) {
        throw new UserPrincipalNotFoundException(name);
      }
      return new Numbered(uid == null ? Integer.parseInt(name) : uid, name);
    }

    @Override
    public GroupPrincipal lookupPrincipalByGroupName(String group) throws IOException {
      throw new UserPrincipalNotFoundException(group);
    }
  }

  /** A JVM that can resolve no user at all. */
  private static final class NoUsers extends UserPrincipalLookupService {
    @Override
    public UserPrincipal lookupPrincipalByName(String name) throws IOException {
      throw new UserPrincipalNotFoundException(name);
    }

    @Override
    public GroupPrincipal lookupPrincipalByGroupName(String group) throws IOException {
      throw new UserPrincipalNotFoundException(group);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "root, 0, true",
    "toor, 0, true",
    "0, 0, true",
    "eve, 0, false",
    "1001, 0, false",
    "mallory, 0, false",
    "eve, 1001, true",
    "1001, 1001, true",
    "root, 1001, false",
    "toor, 1001, false",
  })
  void aNameIsLookedUp(String name, long uid, boolean is) throws IOException {
    assertThat(Peers.is(new Shown(name), uid, new Users())).isEqualTo(is);
  }

  @Test
  void aNumberCountsMoreThanAName() throws IOException {
    assertThat(Peers.is(new Numbered(0, "admin"), 0, new Users())).isTrue();
    assertThat(Peers.is(new Numbered(1002, "00"), 0, new Users())).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"root, true", "0, true", "1001, false", "eve, false", "00, false"})
  void whereNoUserCanBeLookedUpRootIsRootAllTheSame(String name, boolean is) throws IOException {
    assertThat(Peers.is(new Shown(name), 0, new NoUsers())).isEqualTo(is);
  }

  /** On this machine no user has this uid, and Java shows its number. */
  @ParameterizedTest
  @ValueSource(longs = {0, 54321})
  void onThisMachine(long uid) throws IOException {
    UserPrincipalLookupService users = FileSystems.getDefault().getUserPrincipalLookupService();
    UserPrincipal stranger = users.lookupPrincipalByName("54321");
    assertThat(Peers.is(stranger, uid, users)).isEqualTo(uid == 54321);
    assertThat(Peers.is(Files.getOwner(Path.of("/")), uid, users)).isEqualTo(uid == 0);
  }
}

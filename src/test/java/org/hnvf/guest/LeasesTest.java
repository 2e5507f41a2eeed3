package org.hnvf.guest;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.LeasedAddress;
import org.hnvf.model.Prefix;
import org.hnvf.model.SystemException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lease files, read and carried from one interface to another. */
final class LeasesTest {

  private static final InterfaceName HN = new InterfaceName("hn0");
  private static final InterfaceName LAGG = new InterfaceName("lagg0");

  private final Path root = Jimfs.newFileSystem(Configuration.unix()).getPath("/");
  private final Path db = root.resolve("var/db");
  private final Leases leases = new Leases(new NioDurableFiles(root));

  @BeforeEach
  void directory() throws IOException {
    Files.createDirectories(db);
  }

  private static String lease(String name, String address, int day) {
    return """
        lease {
          interface "%s";
          fixed-address %s;
          option subnet-mask 255.255.255.0;
          option routers 10.0.2.2;
          expire 1 2026/11/%d 12:00:00;
        }
        """
        .formatted(name, address, day);
  }

  @Test
  void theLastLeaseOfTheInterfaceCounts() throws IOException {
    Files.writeString(
        db.resolve("dhclient.leases.hn0"),
        lease("hn0", "10.0.2.15", 23) + lease("hn0", "10.0.2.16", 24));
    assertThat(leases.of(ImmutableList.of("lo0", "hn0", "no good name")))
        .containsExactly(
            "hn0", new LeasedAddress(Prefix.of("10.0.2.16/24"), Optional.of("10.0.2.2")));
  }

  @Test
  void aLeaseFileThatIsALinkIsAsGoodAsNone() throws IOException {
    Files.writeString(db.resolve("elsewhere"), lease("hn0", "10.0.2.15", 23));
    Files.createSymbolicLink(db.resolve("dhclient.leases.hn0"), db.resolve("elsewhere"));
    assertThat(leases.of(ImmutableList.of("hn0"))).isEmpty();
  }

  @Test
  void aLeaseIsCarriedUnderTheOtherName() throws IOException, SystemException {
    Files.writeString(db.resolve("dhclient.leases.hn0"), lease("hn0", "10.0.2.15", 23));
    assertThat(leases.carry(HN, LAGG)).isTrue();
    assertThat(Files.readString(db.resolve("dhclient.leases.lagg0")))
        .isEqualTo(lease("lagg0", "10.0.2.15", 23));
  }

  @Test
  void aNewerLeaseOfTheOtherStays() throws IOException, SystemException {
    Files.writeString(db.resolve("dhclient.leases.hn0"), lease("hn0", "10.0.2.15", 23));
    String newer = lease("lagg0", "10.0.2.17", 25);
    Files.writeString(db.resolve("dhclient.leases.lagg0"), newer);
    assertThat(leases.carry(HN, LAGG)).isFalse();
    assertThat(Files.readString(db.resolve("dhclient.leases.lagg0"))).isEqualTo(newer);
  }

  @Test
  void withoutALeaseThereIsNothingToCarry() throws SystemException {
    assertThat(leases.carry(HN, LAGG)).isFalse();
    assertThat(Files.exists(db.resolve("dhclient.leases.lagg0"))).isFalse();
  }
}

package org.hnvf.freebsd;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Prefix;
import org.junit.jupiter.api.Test;

final class LeaseFileTest {

  private static final String CAT = "cat /var/db/dhclient.leases.hn0";
  private static final InterfaceName HN0 = new InterfaceName("hn0");
  private static final InterfaceName LAGG0 = new InterfaceName("lagg0");

  @Test
  void readsARecordedLease() {
    assertThat(LeaseFile.parse(Transcripts.stdout("57", CAT, 0)))
        .containsExactly(
            new Lease(
                Optional.of("hn0"),
                Optional.of(InetAddresses.forString("10.0.2.15")),
                Optional.of(InetAddresses.forString("255.255.255.0")),
                ImmutableList.of(InetAddresses.forString("10.0.2.2")),
                Optional.of(Instant.parse("2026-11-23T13:23:21Z")),
                ImmutableList.of(
                    "next-server 10.0.2.2",
                    "option domain-name-servers 10.0.2.3",
                    "option dhcp-lease-time 86400",
                    "option dhcp-message-type 5",
                    "option dhcp-server-identifier 10.0.2.2",
                    "renew 1 2026/11/23 01:23:21",
                    "rebind 1 2026/11/23 10:23:21")));
  }

  @Test
  void readsEveryBlockInItsOrder() {
    ImmutableList<Lease> leases = LeaseFile.parse(Transcripts.stdout("25", CAT, 1));

    assertThat(leases).hasSize(2);
    assertThat(leases.stream().map(lease -> lease.expire().orElseThrow()))
        .containsExactly(
            Instant.parse("2026-11-23T12:17:23Z"), Instant.parse("2026-11-23T12:17:27Z"))
        .inOrder();
  }

  @Test
  void givesTheAddressWithItsMask() {
    Lease lease = LeaseFile.parse(Transcripts.stdout("57", CAT, 0)).get(0);

    assertThat(lease.prefix()).hasValue(Prefix.of("10.0.2.15/24"));
    assertThat(LeaseFile.parse("lease {\n  fixed-address 10.0.2.15;\n}\n").get(0).prefix())
        .isEmpty();
  }

  @Test
  void keepsWhatItCannotRead() {
    ImmutableList<String> statements =
        ImmutableList.of(
            "interface hn0",
            "fixed-address nowhere",
            "option subnet-mask ",
            "option routers 10.0.2.2,x",
            "expire 1 2026/02/30 13:23:21",
            "expire never",
            "option domain-name \"a;b}\"");

    Lease lease =
        LeaseFile.parse("lease {\n  " + String.join(";\n  ", statements) + ";\n}\n").get(0);

    assertThat(lease)
        .isEqualTo(
            new Lease(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ImmutableList.of(),
                Optional.empty(),
                statements));
  }

  @Test
  void readsSeveralRouters() {
    assertThat(
            LeaseFile.parse("lease {\n  option routers 10.0.2.2,10.0.2.3;\n}\n").get(0).routers())
        .containsExactly(InetAddresses.forString("10.0.2.2"), InetAddresses.forString("10.0.2.3"))
        .inOrder();
  }

  @Test
  void leavesOutABlockThatIsNotClosed() {
    String block = "lease {\n  interface \"hn0\";\n";

    assertThat(LeaseFile.parse(block)).isEmpty();
    assertThat(LeaseFile.parse(block + block + "}\n")).hasSize(1);
    assertThat(LeaseFile.parse("}\ninterface \"hn0\";\n")).isEmpty();
  }

  @Test
  void changesTheInterfaceAndNothingElse() {
    String recorded = Transcripts.stdout("25", CAT, 1);

    assertThat(LeaseFile.withInterface(recorded, HN0, LAGG0))
        .isEqualTo(recorded.replace("\"hn0\"", "\"lagg0\""));
  }

  @Test
  void changesWholeInterfaceLinesOnly() {
    String kept =
        """
        lease {
          interface "hn01";
          interface "xhn0";
          interface hn0;
          option domain-name "interface "hn0";";
          option host-name "hn0";
          medium "interface \\"hn0\\";";
        # interface "hn0";
        }
        """;

    assertThat(LeaseFile.withInterface(kept, HN0, LAGG0)).isEqualTo(kept);
    assertThat(LeaseFile.withInterface("interface \"hn.0\";", new InterfaceName("hn.0"), HN0))
        .isEqualTo("interface \"hn0\";");
    assertThat(LeaseFile.withInterface("interface \"hnx0\";", new InterfaceName("hn.0"), HN0))
        .isEqualTo("interface \"hnx0\";");
  }
}

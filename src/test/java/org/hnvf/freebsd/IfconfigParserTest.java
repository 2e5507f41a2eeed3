package org.hnvf.freebsd;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.MoreCollectors;
import com.google.common.truth.Correspondence;
import java.util.Optional;
import org.hnvf.model.FlagWord;
import org.hnvf.model.InterfaceAddress;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.LaggPort;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Prefix;
import org.junit.jupiter.api.Test;

final class IfconfigParserTest {

  private static final String HEADING = "hn0: flags=8843<UP,RUNNING> metric 0 mtu 1500\n";

  @Test
  void readsEveryFactOfALagg() {
    NetInterface lagg = only(Transcripts.stdout("57", "ifconfig lagg0", 1));

    assertThat(lagg.name()).isEqualTo("lagg0");
    assertThat(lagg.flags())
        .isEqualTo(
            new FlagWord(
                0x1008843,
                ImmutableList.of(
                    "UP", "BROADCAST", "RUNNING", "SIMPLEX", "MULTICAST", "LOWER_UP")));
    assertThat(lagg.metric()).isEqualTo(0);
    assertThat(lagg.mtu()).isEqualTo(1500);
    assertThat(lagg.description()).isEmpty();
    assertThat(lagg.options().map(FlagWord::bits)).hasValue(0x80028L);
    assertThat(lagg.ether()).hasValue("00:15:5d:0a:0b:10");
    assertThat(lagg.hwaddr()).hasValue("00:00:00:00:00:00");
    assertThat(lagg.addresses())
        .containsExactly(
            v4("10.0.2.61/32", "10.0.2.61"),
            v4("10.0.2.15/24", "10.0.2.255"),
            new InterfaceAddress.V6(
                Prefix.of("fe80::215:5dff:fe0a:b10/64"),
                Optional.of("lagg0"),
                ImmutableList.of(),
                ImmutableList.of("scopeid", "0xc")),
            new InterfaceAddress.V6(
                Prefix.of("2001:db8::215:5dff:fe0a:b10/64"),
                Optional.empty(),
                ImmutableList.of("autoconf"),
                ImmutableList.of("pltime", "604800", "vltime", "2592000")))
        .inOrder();
    assertThat(lagg.lagg())
        .hasValue(
            new NetInterface.Lagg(
                "failover",
                Optional.of("l2,l3,l4"),
                ImmutableList.of(
                    new LaggPort("hn0", new FlagWord(1, ImmutableList.of("MASTER"))),
                    new LaggPort("mlxen0", new FlagWord(4, ImmutableList.of("ACTIVE"))))));
    assertThat(lagg.groups()).containsExactly("lagg");
    assertThat(lagg.media()).hasValue("Ethernet autoselect");
    assertThat(lagg.status()).hasValue("active");
    assertThat(lagg.hasNd6("NO_DAD")).isTrue();
    assertThat(lagg.isIpv6Disabled()).isFalse();
    assertThat(lagg.fib()).isEmpty();
    assertThat(lagg.driverName()).isEmpty();
    assertThat(lagg.others()).isEmpty();
  }

  @Test
  void readsTheDriverNameOfARenamedInterface() {
    NetInterface renamed =
        only(
            Transcripts.stdout(
                "56", "ifconfig hn0 name wan0; ifconfig -D wan0; ifconfig wan0 name hn0", 0));

    assertThat(renamed.name()).isEqualTo("wan0");
    assertThat(renamed.driverName()).hasValue("hn0");
  }

  @Test
  void readsThePrefixInEveryNotation() {
    assertThat(addresses("inet 10.0.2.50/24 broadcast 10.0.2.255"))
        .containsExactly(v4("10.0.2.50/24", "10.0.2.255"));
    assertThat(addresses("inet 10.0.2.50 netmask 255.255.255.0 broadcast 10.0.2.255"))
        .containsExactly(v4("10.0.2.50/24", "10.0.2.255"));
    assertThat(addresses("inet6 fe80::1%hn0/64 tentative scopeid 0x4"))
        .containsExactly(
            new InterfaceAddress.V6(
                Prefix.of("fe80::1/64"),
                Optional.of("hn0"),
                ImmutableList.of("tentative"),
                ImmutableList.of("scopeid", "0x4")));
  }

  @Test
  void keepsWordsOfAnAddressThatItDoesNotKnow() {
    assertThat(addresses("inet 10.1.0.1 --> 10.1.0.2 netmask 0xffffffff vhid 7"))
        .containsExactly(
            new InterfaceAddress.V4(
                Prefix.of("10.1.0.1/32"),
                Optional.empty(),
                ImmutableList.of("-->", "10.1.0.2", "vhid", "7")));
    assertThat(addresses("inet 10.1.0.1 netmask 0xff000000 broadcast nowhere"))
        .containsExactly(
            new InterfaceAddress.V4(
                Prefix.of("10.1.0.1/8"),
                Optional.empty(),
                ImmutableList.of("broadcast", "nowhere")));
    assertThat(addresses("inet6 2001:db8::1 prefixlen 64 newmark deprecated"))
        .containsExactly(
            new InterfaceAddress.V6(
                Prefix.of("2001:db8::1/64"),
                Optional.empty(),
                ImmutableList.of("deprecated"),
                ImmutableList.of("newmark")));
  }

  @Test
  void keepsAnAddressLineThatMakesNoSense() {
    for (String line :
        ImmutableList.of(
            "inet 10.0.2.300 netmask 0xffffff00",
            "inet 10.0.2.1",
            "inet 10.0.2.1 netmask 0xff00ff00",
            "inet 10.0.2.1 netmask 2001:db8::1",
            "inet 10.0.2.1/33",
            "inet 2001:db8::1 netmask 0xffffff00",
            "inet6 2001:db8::1 prefixlen 129",
            "inet6 2001:db8::1 prefixlen -1",
            "inet6 2001:db8::1 prefixlen 99999999999",
            "inet6 ::ffff:10.0.0.1 prefixlen 96",
            "inet6 10.0.0.1 prefixlen 24",
            "inet6 x%y%z prefixlen",
            "inet",
            "inet6 ")) {
      NetInterface shown = only(HEADING + "\t" + line + "\n");
      assertThat(shown.addresses()).isEmpty();
      assertThat(shown.others()).containsExactly(line);
    }
  }

  @Test
  void keepsLinesThatItDoesNotKnow() {
    NetInterface shown =
        only(
            HEADING
                + "\tcapabilities=28<VLAN_MTU>\n"
                + "\tstatus: active\n"
                + "\tsupported media:\n"
                + "\t\tmedia autoselect\n"
                + "\tvlan: 5 parent interface: hn0\n"
                + "\tnd6 options=nonsense\n");

    assertThat(shown.status()).hasValue("active");
    assertThat(shown.others())
        .containsExactly(
            "capabilities=28<VLAN_MTU>",
            "supported media:",
            "\tmedia autoselect",
            "vlan: 5 parent interface: hn0",
            "nd6 options=nonsense")
        .inOrder();
  }

  @Test
  void takesTheDescriptionAsItIs() {
    for (String description :
        ImmutableList.of(
            "status: no carrier",
            "a\tb  c ",
            "description: twice",
            "inet 1.2.3.4 netmask 0xff000000",
            "two\nlines",
            "one\n\nand another")) {
      NetInterface shown =
          only(HEADING + "\tdescription: " + description + "\n\toptions=8<A>\n\tstatus: active\n");
      assertThat(shown.description()).hasValue(description);
      assertThat(shown.status()).hasValue("active");
      assertThat(shown.addresses()).isEmpty();
      assertThat(shown.others()).isEmpty();
    }
  }

  @Test
  void aDescriptionThatLooksLikeALineDoesNotHideTheLine() {
    NetInterface shown =
        only(HEADING + "\tdescription: x\n\tstatus: no carrier\n\tether 1:2\n\tstatus: active\n");

    assertThat(shown.status()).hasValue("active");
    assertThat(shown.others()).containsExactly("status: no carrier");
  }

  @Test
  void onlyTheFirstLineIsADescription() {
    NetInterface shown = only(HEADING + "\tether 1:2\n\tdescription: late\n");

    assertThat(shown.description()).isEmpty();
    assertThat(shown.others()).containsExactly("description: late");
  }

  @Test
  void seesAPortWhoseLineHasMore() {
    NetInterface shown =
        only(
            HEADING
                + "\tlaggproto lacp lagghash l2,l3,l4 lacprate fast\n"
                + "\tlaggport: hn0 flags=1c<ACTIVE,COLLECTING> state=3d<ACTIVITY>\n");

    assertThat(shown.lagg().map(NetInterface.Lagg::protocol)).hasValue("lacp");
    assertThat(shown.port(new InterfaceName("hn0")).map(LaggPort::isActive)).hasValue(true);
    assertThat(shown.others())
        .containsExactly(
            "laggproto lacp lagghash l2,l3,l4 lacprate fast",
            "laggport: hn0 flags=1c<ACTIVE,COLLECTING> state=3d<ACTIVITY>");
  }

  @Test
  void seesThePortsWhereTheProtocolIsNotShown() {
    NetInterface shown = only(HEADING + "\tlaggport: hn0 flags=5<MASTER,ACTIVE>\n");

    assertThat(shown.port(new InterfaceName("hn0")).map(LaggPort::isMaster)).hasValue(true);
    assertThat(shown.lagg().map(NetInterface.Lagg::protocol)).hasValue("");
  }

  @Test
  void readsALaggWithoutHashAndAFlagWordWithoutNames() {
    NetInterface shown =
        only("lagg0: flags=0 metric 0 mtu 1500\n\tlaggproto failover\n\tlaggport: a.1 flags=0\n");

    assertThat(shown.flags()).isEqualTo(FlagWord.NONE);
    assertThat(shown.lagg())
        .hasValue(
            new NetInterface.Lagg(
                "failover",
                Optional.empty(),
                ImmutableList.of(new LaggPort("a.1", FlagWord.NONE))));
  }

  @Test
  void readsAHeadingThatHasMoreOrLess() {
    NetInterface more = only("hn0: flags=1<UP> metric 3 mtu 9000 index 4\n\tether 1:2\n");
    assertThat(more.metric()).isEqualTo(3);
    assertThat(more.mtu()).isEqualTo(9000);
    assertThat(more.others()).containsExactly("index 4");

    NetInterface less = only("hn0: flags=1<UP>\n");
    assertThat(less.isUp()).isTrue();
    assertThat(less.mtu()).isEqualTo(0);

    NetInterface much = only("hn0: flags=ffffffffffffffff<NEW> mtu 99999999999");
    assertThat(much.flags().bits()).isEqualTo(-1L);
    assertThat(much.flags().has("NEW")).isTrue();
    assertThat(much.mtu()).isEqualTo(0);
  }

  @Test
  void readsTheFib() {
    assertThat(only(HEADING + "\tfib: 2\n").fib()).hasValue(2);
  }

  @Test
  void passesOverWhatIsNoInterface() {
    assertThat(IfconfigParser.parse("")).isEmpty();
    assertThat(IfconfigParser.parse("\tether 1:2\nifconfig: interface x does not exist\n"))
        .isEmpty();
    assertThat(IfconfigParser.parse("lo0 hn0 hn1\n" + HEADING + "Routing tables\n\tether 1:2\n"))
        .containsExactly("hn0", only(HEADING + "\tether 1:2\n"));
  }

  @Test
  void theLastShowingOfAnInterfaceCounts() {
    assertThat(only(HEADING + HEADING.replace("1500", "9000")).mtu()).isEqualTo(9000);
  }

  @Test
  void everyShowingOfAnInterfaceIsKept() {
    assertThat(IfconfigParser.showings(HEADING + HEADING.replace("1500", "9000")))
        .comparingElementsUsing(Correspondence.transforming(NetInterface::mtu, "mtu"))
        .containsExactly(1500, 9000)
        .inOrder();
  }

  @Test
  void wordsOfAnAddressThatHaveNoPlaceAreKept() {
    assertThat(addresses("inet 10.0.2.50/24 netmask 0xffff0000 broadcast 10.0.2.255 deprecated"))
        .containsExactly(
            new InterfaceAddress.V4(
                Prefix.of("10.0.2.50/24"),
                Optional.of(Prefix.of("10.0.2.255/32").address()),
                ImmutableList.of("netmask", "0xffff0000", "deprecated")));
    assertThat(addresses("inet6 2001:db8::1 prefixlen 64 broadcast 10.0.2.255"))
        .containsExactly(
            new InterfaceAddress.V6(
                Prefix.of("2001:db8::1/64"),
                Optional.empty(),
                ImmutableList.of(),
                ImmutableList.of("broadcast", "10.0.2.255")));
  }

  @Test
  void aNumberThatIsTooLargeIsKeptAsItIs() {
    NetInterface shown = only("hn0: flags=8843<UP> metric 0 mtu 99999999999\n");
    assertThat(shown.mtu()).isEqualTo(0);
    assertThat(shown.others()).containsExactly("mtu 99999999999");
  }

  @Test
  void aSecondLaggLineIsKept() {
    NetInterface shown = only(HEADING + "\tlaggproto lacp\n\tlaggproto failover\n");
    assertThat(shown.lagg().orElseThrow().protocol()).isEqualTo("failover");
    assertThat(shown.others()).containsExactly("laggproto lacp");
  }

  private static NetInterface only(String text) {
    return IfconfigParser.parse(text).values().stream().collect(MoreCollectors.onlyElement());
  }

  private static ImmutableList<InterfaceAddress> addresses(String line) {
    return only(HEADING + "\t" + line + "\n").addresses();
  }

  private static InterfaceAddress v4(String prefix, String broadcast) {
    return new InterfaceAddress.V4(
        Prefix.of(prefix), Optional.of(Prefix.of(broadcast).address()), ImmutableList.of());
  }
}

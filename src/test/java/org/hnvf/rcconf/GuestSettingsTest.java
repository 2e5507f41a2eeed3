package org.hnvf.rcconf;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.time.Duration;
import org.hnvf.model.GuestConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration of a pair in rc.conf beyond its interface. */
final class GuestSettingsTest {

  private final RcConfDirectory directory;

  GuestSettingsTest(@TempDir Path root) {
    this.directory = new RcConfDirectory(root);
  }

  @Test
  void withoutAnRcConfThereIsNothingSpecial() throws Exception {
    GuestConfig guest = directory.guest("");

    assertThat(guest.hn().commands()).isEmpty();
    assertThat(guest.defaultRouter(0)).isEmpty();
    assertThat(guest.ipv6DefaultRouter(0)).isEmpty();
    assertThat(guest.staticRoutes()).isEmpty();
    assertThat(guest.dhclientProgram()).isEqualTo("/sbin/dhclient");
    assertThat(guest.dhclientFlags()).isEmpty();
    assertThat(guest.vfDelay()).isEqualTo(Duration.ofSeconds(2));
    assertThat(guest.laggsConfigured()).isEmpty();
    assertThat(guest.warnings()).isEmpty();
  }

  @Test
  void theDelayIsAnIntegerOfAtLeastTwo() throws Exception {
    assertThat(delay("2")).isEqualTo(Duration.ofSeconds(2));
    assertThat(delay("125")).isEqualTo(Duration.ofSeconds(125));
    assertThat(delay("010")).isEqualTo(Duration.ofSeconds(10));
    assertThat(delay("999999999")).isEqualTo(Duration.ofSeconds(999_999_999));
    assertThat(directory.guest("hyperv_vf_delay=120\n").warnings()).isEmpty();
    assertThat(directory.guest("hyperv_vf_delay=2\n").warnings()).isEmpty();
  }

  @Test
  void anyOtherDelayIsTwoWithAWarning() throws Exception {
    for (String value :
        ImmutableList.of("", "0", "1", "-5", "2.5", "ten", "3s", "1000000000", "0x10", "2 3")) {
      GuestConfig guest = directory.guest("hyperv_vf_delay='" + value + "'\n");

      assertThat(guest.vfDelay()).isEqualTo(Duration.ofSeconds(2));
      assertThat(guest.warnings()).hasSize(1);
      assertThat(guest.warnings().get(0)).contains("hyperv_vf_delay is \"" + value + "\"");
    }
  }

  @Test
  void routersAreThereUnlessTheyAreNo() throws Exception {
    GuestConfig guest =
        directory.guest("defaultrouter=' 10.0.0.1 '\nipv6_defaultrouter='fe80::1%hn0'\n");

    assertThat(guest.defaultRouter(0)).hasValue("10.0.0.1");
    assertThat(guest.ipv6DefaultRouter(0)).hasValue("fe80::1%hn0");
    assertThat(
            directory
                .guest(
                    "defaultrouter_fib1=10.0.3.2\ndefaultrouter_fib02=10.0.4.2\ndefaultrouter_fib3=NO\n")
                .defaultRouters())
        .containsExactly(1, "10.0.3.2");
    assertThat(directory.guest("ipv6_defaultrouter_fib2=fe80::1%hn0\n").ipv6DefaultRouters())
        .containsExactly(2, "fe80::1%hn0");
    assertThat(directory.guest("defaultrouter=nO\n").defaultRouter(0)).isEmpty();
    assertThat(directory.guest("defaultrouter=\n").defaultRouter(0)).isEmpty();
  }

  @Test
  void staticRoutesAreTheOperandsOfRoute() throws Exception {
    GuestConfig guest =
        directory.guest(
            """
            static_routes="net1 net2:hn0 net3:hn1 net-4"
            route_net1="-net 192.0.2.0/24  10.0.2.9"
            route_net2="-host 198.51.100.7 10.0.2.10"
            route_net3="-net 203.0.113.0/24 10.1.0.1"
            route_net_4="default 10.0.0.3 -fib 1"
            ipv6_static_routes="six"
            ipv6_route_six="2001:db8:9:: -prefixlen 48 2001:db8::1"
            """);

    assertThat(guest.staticRoutes())
        .containsExactly(
            ImmutableList.of("-net", "192.0.2.0/24", "10.0.2.9"),
            ImmutableList.of("-host", "198.51.100.7", "10.0.2.10"),
            ImmutableList.of("default", "10.0.0.3", "-fib", "1"),
            ImmutableList.of("-inet6", "2001:db8:9::", "-prefixlen", "48", "2001:db8::1"))
        .inOrder();
    assertThat(guest.warnings()).isEmpty();
  }

  @Test
  void routesAreReadAsShEchoesThem() throws Exception {
    GuestConfig guest =
        directory.guest(
            """
            static_routes="-a b--c"
            route_a="-n -net 192.0.2.0/24 10.0.2.9"
            route_b__c="-net 198.51.100.0/24 10.0.2.9"
            """);

    assertThat(guest.staticRoutes())
        .containsExactly(
            ImmutableList.of("-net", "192.0.2.0/24", "10.0.2.9"),
            ImmutableList.of("-net", "198.51.100.0/24", "10.0.2.9"))
        .inOrder();
  }

  @Test
  void routesMayStandInAFileOfTheirOwn() throws Exception {
    directory.write("/etc/rc.conf.d/routing", "defaultrouter=10.0.2.1\n");

    assertThat(directory.guest("ifconfig_hn0='inet 10.0.2.4/24'\n").defaultRouter(0))
        .hasValue("10.0.2.1");
  }

  @Test
  void aRouteWithoutOperandsIsAWarning() throws Exception {
    GuestConfig guest = directory.guest("static_routes='lost'\n");

    assertThat(guest.staticRoutes()).isEmpty();
    assertThat(guest.warnings())
        .containsExactly("static_routes names lost, but route_lost is not set");
  }

  @Test
  void theFlagsOfTheInterfaceReplaceThoseOfAll() throws Exception {
    String all = "dhclient_flags='-c /etc/a.conf'\n";

    assertThat(directory.guest(all).dhclientFlags()).containsExactly("-c", "/etc/a.conf").inOrder();
    assertThat(directory.guest(all + "dhclient_flags_hn0='-q'\n").dhclientFlags())
        .containsExactly("-q");
    assertThat(directory.guest(all + "dhclient_flags_hn0=''\n").dhclientFlags())
        .containsExactly("-c", "/etc/a.conf");
    assertThat(directory.guest(all + "dhclient_flags_hn1='-q'\n").dhclientFlags())
        .containsExactly("-c", "/etc/a.conf");
  }

  @Test
  void switchesOfTheDhcpClientAreFlags() throws Exception {
    assertThat(directory.guest("background_dhclient=YES\ndhclient_arpwait=NO\n").dhclientFlags())
        .containsExactly("-b", "-n")
        .inOrder();
    assertThat(
            directory
                .guest("background_dhclient=YES\nbackground_dhclient_hn0=NO\n")
                .dhclientFlags())
        .isEmpty();
    assertThat(directory.guest("dhclient_arpwait_hn0=\n").dhclientFlags()).containsExactly("-n");
    assertThat(directory.guest("unset dhclient_arpwait\n").dhclientFlags()).isEmpty();
  }

  @Test
  void theProgramMayBeAnother() throws Exception {
    assertThat(directory.guest("dhclient_program=/usr/local/sbin/dhcpcd\n").dhclientProgram())
        .isEqualTo("/usr/local/sbin/dhcpcd");
  }

  @Test
  void laggsOfTheUserAreFound() throws Exception {
    GuestConfig guest =
        directory.guest(
            """
            cloned_interfaces="lagg3 bridge0 lagg1:sticky"
            ifconfig_lagg0="laggproto failover"
            ifconfig_lagg7_alias0="inet 10.0.0.1"
            ifconfig_laggard=up
            """);

    assertThat(guest.laggsConfigured()).containsExactly("lagg0", "lagg1", "lagg3").inOrder();
  }

  @Test
  void ofVlansWhichMoveNothingIsSaid() throws Exception {
    assertThat(directory.guest("vlans_hn0='10 20'\n").warnings()).isEmpty();
  }

  @Test
  void whatTheShellComplainedOfIsSaid() throws Exception {
    assertThat(directory.guest("no-such-program-of-hnvf\n").warnings().get(0))
        .contains("no-such-program-of-hnvf");
  }

  private Duration delay(String value) throws Exception {
    return directory.guest("hyperv_vf_delay=\"" + value + "\"\n").vfDelay();
  }
}

package org.hnvf.sim;

import static com.google.common.truth.Truth.assertThat;

import java.time.Duration;
import org.hnvf.model.CommandResult;
import org.junit.jupiter.api.Test;

/** Output and effects of ifconfig(8), from sbin/ifconfig and sys/net/if_lagg.c of FreeBSD 15. */
final class IfconfigProgramTest {
  private final SimulatedGuest guest = Scenario.bare().nics(2).start();

  private void given(String... lines) {
    for (String line : lines) {
      CommandResult result = Guests.run(guest, line);
      assertThat(result.stderr()).isEmpty();
      assertThat(result.succeeded()).isTrue();
    }
  }

  private void fails(String line, String stderr) {
    CommandResult result = Guests.run(guest, line);
    assertThat(result.stdout()).isEmpty();
    assertThat(result.stderr()).isEqualTo("ifconfig: " + stderr + "\n");
    assertThat(result.ending()).isEqualTo(new CommandResult.Exited(1));
  }

  private String hn0() {
    return Guests.out(guest, "ifconfig hn0");
  }

  @Test
  void anAddressNeedsAMaskInWhateverForm() {
    fails(
        "ifconfig hn0 10.0.2.50",
        "ERROR: setting interface address without mask is no longer supported.");
    assertThat(hn0()).doesNotContain("inet ");
    for (String form : new String[] {"netmask 0xffffff00", "netmask 255.255.255.0"}) {
      given("ifconfig hn0 inet 10.0.2.50 " + form);
      assertThat(hn0()).contains("\tinet 10.0.2.50 netmask 0xffffff00 broadcast 10.0.2.255\n");
    }
    fails("ifconfig hn0 10.0.2.50/33", "10.0.2.50/33: bad value (width too large)");
    fails("ifconfig hn0 10.0.2.50/x", "10.0.2.50/x: bad value (width invalid)");
    fails("ifconfig hn0 inet 10.0.2.50 prefixlen 33", "33: bad value");
    fails("ifconfig hn0 10.0.2.50/24 nonsense", "nonsense: bad value");
  }

  @Test
  void aLengthBelongsToTheAddressBeforeTheWordThatTakesItAway() {
    given("ifconfig hn0 10.0.2.50/24", "ifconfig hn0 alias 10.0.2.51/32");
    fails("ifconfig hn0 -alias 10.0.2.50/24", "10.0.2.50/24: bad value");
    given("ifconfig hn0 10.0.2.50/24 -alias", "ifconfig hn0 -alias 10.0.2.51");
    assertThat(hn0()).doesNotContain("inet ");
  }

  @Test
  void withoutAliasTheFirstAddressGoes() {
    given("ifconfig hn0 10.0.2.1/24", "ifconfig hn0 add 10.0.2.2/24", "ifconfig hn0 10.0.2.9/24");
    assertThat(Guests.out(guest, "ifconfig -f cidr hn0 inet"))
        .endsWith(
            "\tinet 10.0.2.2/24 broadcast 10.0.2.255\n\tinet 10.0.2.9/24 broadcast 10.0.2.255\n");
  }

  @Test
  void createOfWhatIsThereDoesTheRest() {
    given("ifconfig lagg0 create");
    fails("ifconfig lagg0 create", "interface lagg0 already exists");
    given("ifconfig lagg0 create laggport hn0", "ifconfig lagg1 create inet 10.0.9.1/24 up");
    assertThat(Guests.out(guest, "ifconfig lagg0")).contains("laggport: hn0 ");
    assertThat(Guests.out(guest, "ifconfig lagg1 inet")).contains("inet 10.0.9.1 ");
    assertThat(Guests.out(guest, "ifconfig lagg create name up0")).isEqualTo("up0\n");
    fails("ifconfig lagg1234567890123 create", "lagg1234567890123: cloning name too long");
    fails("ifconfig tap0 create", "the simulated guest makes no tap0");
  }

  @Test
  void anIpv6AddressKeepsItsLengthAndHasLifetimes() {
    given("ifconfig hn0 inet6 2001:db8::5/64");
    fails("ifconfig hn0 inet6 2001:db8::5/48", "ioctl (SIOCAIFADDR): Invalid argument");
    fails("ifconfig hn0 inet6 2001:db8::7/64 vltime 200", "ioctl (SIOCAIFADDR): Invalid argument");
    fails("ifconfig hn0 inet6 2001:db8::7%nosuch0/64", "2001:db8::7%nosuch0: bad value");
    given(
        "ifconfig hn0 inet6 2001:db8::6 prefixlen 64 pltime 100 vltime 200",
        "ifconfig hn0 inet6 2001:db8::8/64 anycast",
        "ifconfig hn0 inet6 2001:db8:1:: eui64");
    Guests.pass(guest, Duration.ofMinutes(2));
    String shown = Guests.out(guest, "ifconfig hn0 inet6");
    assertThat(shown).contains("2001:db8::6 prefixlen 64 deprecated pltime 0 vltime 80\n");
    assertThat(shown).contains("\tinet6 2001:db8::8 prefixlen 64 anycast\n");
    assertThat(shown).contains("\tinet6 2001:db8:1:0:215:5dff:fe0a:b10 prefixlen 64\n");
    fails("ifconfig hn0 inet6 2001:db8::9 eui64", "interface index is already filled");
    fails("ifconfig hn1 inet6 2001:db8:2:: eui64", "could not determine link local address");
  }

  @Test
  void flagsAreShown() {
    given("ifconfig hn0 promisc -arp", "ifconfig hn0 inet6 no_radr no_prefer_iface");
    assertThat(hn0())
        .startsWith("hn0: flags=1028982<BROADCAST,NOARP,PROMISC,SIMPLEX,MULTICAST,PPROMISC,");
    assertThat(hn0())
        .contains("nd6 options=e9<PERFORMNUD,IFDISABLED,AUTO_LINKLOCAL,NO_RADR,NO_PREFER_IFACE>");
    given("ifconfig hn0 -promisc arp", "ifconfig lagg0 create laggport hn0 promisc");
    assertThat(hn0()).startsWith("hn0: flags=8902<BROADCAST,PROMISC,SIMPLEX,MULTICAST>");
  }

  @Test
  void theProtocolsOfLaggDifferInWhatIsActive() {
    given("ifconfig lagg0 create laggport hn0 laggport hn1 up");
    given("ifconfig lagg0 laggproto roundrobin lagghash l2,l3");
    assertThat(Guests.out(guest, "ifconfig lagg0"))
        .contains(
            """
            	laggproto roundrobin lagghash l2,l3
            	laggport: hn0 flags=4<ACTIVE>
            	laggport: hn1 flags=4<ACTIVE>
            """);
    given("ifconfig lagg0 laggproto none");
    assertThat(Guests.out(guest, "ifconfig lagg0")).contains("laggport: hn0 flags=0<>\n");
    given("ifconfig lagg0 laggproto default -use_numa flowid_shift 8");
    assertThat(Guests.out(guest, "ifconfig -v lagg0"))
        .contains("\tlagg options:\n\t\tflags=0<>\n\t\tflowid_shift: 8\n");
    assertThat(Guests.out(guest, "ifconfig lagg0")).contains("hn0 flags=5<MASTER,ACTIVE>\n");
    fails("ifconfig lagg0 laggproto lacp", "the simulated guest does not know laggproto lacp");
    fails("ifconfig lagg0 lagghash l5", "Invalid lagghash option: l5");
  }

  @Test
  void aPortIsNoEthernetInterfaceAnyMore() {
    given("ifconfig lagg0 create laggport hn0");
    assertThat(Guests.out(guest, "ifconfig -l ether")).isEqualTo("hn1 lagg0\n");
    assertThat(Guests.out(guest, "ifconfig hn0 ether")).isEmpty();
    assertThat(Guests.out(guest, "ifconfig -a ether")).doesNotContain("lo0");
  }

  @Test
  void aLaggGivesItsMacToItsPorts() {
    given("ifconfig lagg0 create laggport hn0 up", "ifconfig lagg0 ether 02:00:00:00:00:AB");
    assertThat(hn0()).contains("\tether 02:00:00:00:00:ab\n\thwaddr 00:15:5d:0a:0b:10\n");
    given("ifconfig lagg0 -laggport hn0");
    assertThat(hn0()).contains("\tether 00:15:5d:0a:0b:10\n\tmedia");
    fails("ifconfig hn0 ether nonsense", "malformed link-level address");
    fails("ifconfig lo0 ether 02:00:00:00:00:01", "ioctl (SIOCAIFADDR): Invalid argument");
  }

  @Test
  void namesNumbersAndGroupsAreChecked() {
    fails("ifconfig hn0 mtu abc", "ioctl SIOCSIFMTU (set mtu): Invalid argument");
    fails("ifconfig hn0 name hn1", "ioctl SIOCSIFNAME (set name): File exists");
    fails(
        "ifconfig hn0 name averyverylongname", "ioctl SIOCSIFNAME (set name): File name too long");
    fails("ifconfig hn0 group uplink1", "setifgroup: group names may not end in a digit");
    given("ifconfig hn0 group uplink");
    fails("ifconfig hn0 group uplink", " SIOCAIFGROUP: File exists");
    assertThat(Guests.out(guest, "ifconfig -g uplink")).isEqualTo("hn0\n");
    given("ifconfig hn0 -group uplink");
    fails("ifconfig hn0 -group uplink", "SIOCDIFGROUP: No such file or directory");
    fails("ifconfig hn0 tunnel 10.0.0.1 10.0.0.2", "the simulated guest does not know tunnel");
    given("ifconfig lagg0 create mtu 9500");
    assertThat(Guests.out(guest, "ifconfig lagg0")).contains(" mtu 9500\n");
  }

  @Test
  void optionsThatDoNotGoTogetherAreRefused() {
    for (String line : new String[] {"ifconfig -l -a", "ifconfig -a -u -d", "ifconfig -l a b"}) {
      CommandResult result = Guests.run(guest, line);
      assertThat(result.stderr()).startsWith("usage: ifconfig ");
      assertThat(result.ending()).isEqualTo(new CommandResult.Exited(1));
    }
    assertThat(Guests.run(guest, "ifconfig -a bogus").stderr())
        .startsWith("ifconfig: Address family 'bogus' unknown.\nusage: ");
    assertThat(Guests.run(guest, "ifconfig -f bogus hn0").stderr())
        .isEqualTo("ifconfig: Skipping invalid format: bogus\n\n");
  }
}

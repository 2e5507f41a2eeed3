package org.hnvf.pairconfig;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.base.Splitter;
import org.hnvf.model.Prefix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The address of one ifconfig(8) command, and commands that set none. */
final class RcIfconfigTest {

  private static RcIfconfig.Reading of(String command) {
    return RcIfconfig.of(Splitter.on(' ').splitToList(command));
  }

  @ParameterizedTest
  @CsvSource({
    "ifconfig hn0 inet 10.0.2.5/24, 10.0.2.5/24",
    "ifconfig hn0 10.0.2.5/24, 10.0.2.5/24",
    "ifconfig hn0 inet 10.0.2.5 netmask 255.255.254.0, 10.0.2.5/23",
    "ifconfig hn0 inet 10.0.2.5 netmask 0xfffffe00 broadcast 10.0.3.255 alias, 10.0.2.5/23",
    "ifconfig hn0 inet netmask 255.255.0.0 10.0.2.5, 10.0.2.5/16",
    "ifconfig hn0 inet 10.0.2.5/24 netmask 255.255.255.255 alias, 10.0.2.5/32",
    "ifconfig hn0 inet netmask 255.255.255.255 10.0.2.5/24, 10.0.2.5/24",
    // The last number of an address fills the remaining bytes, and the ones of a mask count.
    "ifconfig hn0 inet 10.0.2.5 netmask 255.255.255, 10.0.2.5/24",
    "ifconfig hn0 inet 10.0.2.5 netmask 255.0.255.0, 10.0.2.5/16",
    "ifconfig hn0 inet 10.517/24, 10.0.2.5/24",
    "ifconfig hn0 inet 012.0.2.5/24, 10.0.2.5/24",
    "ifconfig hn0 mtu 1400 10.0.2.5/24, 10.0.2.5/24",
    "ifconfig hn0 -tso description 10.0.9.9 10.0.2.5/24, 10.0.2.5/24",
    "ifconfig hn0 inet 10.0.2.5/24 10.0.2.6, 10.0.2.5/24",
    "ifconfig hn0 inet6 2001:db8::5, 2001:db8::5/64",
    "ifconfig hn0 inet6 2001:db8::5 prefixlen 56, 2001:db8::5/56",
    "ifconfig hn0 inet6 prefixlen 56 2001:db8::5, 2001:db8::5/128",
    "ifconfig hn0 inet6 2001:db8::5/48 no_dad alias, 2001:db8::5/48",
    "ifconfig hn0 inet6 -ifdisabled 2001:db8::5/48, 2001:db8::5/48",
    "ifconfig hn0 inet6 fe80::5%hn0/64, fe80::5/64",
  })
  void isSet(String command, String prefix) {
    RcIfconfig.Reading reading = of(command);
    assertThat(reading.prefix()).hasValue(Prefix.of(prefix));
    assertThat(reading.refused()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ifconfig hn0 inet 10.0.2.5, 'it has no mask, which FreeBSD 15 requires'",
    "ifconfig hn0 inet 10.0.2.5 prefixlen 24, 'it has no mask, which FreeBSD 15 requires'",
    "ifconfig hn0 inet 10.0.2.5 netmask 255.255.255.256, "
        + "netmask 255.255.255.256 cannot be read",
    "ifconfig hn0 inet 10.0.2.5 netmask ffffff00 alias, netmask ffffff00 cannot be read",
    "ifconfig hn0 inet 10.0.2.5 netmask /24, netmask /24 cannot be read",
    "ifconfig hn0 inet 10.0.2.5 netmask alias, netmask alias cannot be read",
    "ifconfig hn0 inet 10.0.2.5 netmask, netmask has no value",
    "ifconfig hn0 inet 10.0.2.5/24 broadcast +, broadcast + cannot be read",
    "ifconfig hn0 inet 10.0.2.5/33, 10.0.2.5/33 has no prefix length",
    "ifconfig hn0 inet 10.0.2.5/, 10.0.2.5/ has no prefix length",
    "ifconfig hn0 inet 10.0.2.5/255.255.255.0, 10.0.2.5/255.255.255.0 has no prefix length",
    "ifconfig hn0 inet 10.0.2.5/24 inet 10.0.2.6/24, "
        + "'it takes the second \"inet\" for an address'",
    "ifconfig hn0 mtu 1400 inet 10.0.2.5/24, 'it takes the second \"inet\" for an address'",
    "ifconfig hn0 inet 10.0.2.5/24 10.0.2.6/24, "
        + "it takes 10.0.2.6/24 for the address of the other end",
    "ifconfig hn0 inet 2001:db8::5/64 alias, 2001:db8::5/64 is no address of inet",
    "ifconfig hn0 inet6 10.0.2.5/24, 10.0.2.5/24 is no address of inet6",
    "ifconfig hn0 inet6 2001:db8::5 prefixlen 129, prefixlen 129 is no length",
    "ifconfig hn0 inet6 2001:db8::5/64 netmask 255.255.255.0, "
        + "netmask 255.255.255.0 cannot be read",
  })
  void isRefused(String command, String why) {
    RcIfconfig.Reading reading = of(command);
    assertThat(reading.prefix()).isEmpty();
    assertThat(reading.refused()).hasValue(why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ifconfig hn0",
        "ifconfig hn0 inet",
        "ifconfig hn0 up",
        "ifconfig hn0 mtu 1400 -tso",
        "ifconfig hn0 description 10.0.2.5/24",
        "ifconfig hn0 inet router.example.org/24",
        "ifconfig hn0 inet6 -ifdisabled",
        "ifconfig hn0 inet6 2001:db8:1:2:: prefixlen 64 eui64 alias",
        "ifconfig hn0 inet vhid 1 advskew 100 pass secret 10.0.2.5/32 alias",
        "ifconfig hn0 inet 10.0.2.5/24 vhid 1 alias",
        "ifconfig hn0 inet 10.0.2.5/24 delete",
        "ifconfig hn0 link 00:00:5e:00:53:01",
        "ifconfig hn0 ether 00:00:5e:00:53:01 alias",
        "rtsol hn0",
      })
  void setsNone(String command) {
    RcIfconfig.Reading reading = of(command);
    assertThat(reading.prefix()).isEmpty();
    assertThat(reading.refused()).isEmpty();
  }
}

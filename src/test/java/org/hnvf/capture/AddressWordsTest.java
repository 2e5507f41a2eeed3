package org.hnvf.capture;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableSet;
import org.hnvf.model.Prefix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The addresses in the texts of commands and files. */
final class AddressWordsTest {

  private static final byte[] KEY = {1};

  private final MacMap macs = new MacMap(KEY);
  private final AddressWords words =
      new AddressWords(new AddressMap(KEY, macs, ImmutableSet.of()), macs);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "52.10.20.37",
        "(52.10.20.37)",
        "ip4.addr=10.0.2.60,52.10.20.37",
        "52.10.20.37/32",
        "52.10.20.37.",
        "<52.10.20.37>",
        "52.10.20.1-52.10.20.37",
        "nat:52.10.20.37",
        "52.10.20.37:80",
        "\"52.10.20.37\";",
        "::ffff:52.10.20.37",
        "64:ff9b::52.10.20.37",
        "52.10.20/24",
        "52.10/16"
      })
  void anAddressIsFoundInAnyPlace(String text) {
    assertThat(words.replaced(text)).doesNotContain("52.10");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2603:1030:20e:3::14",
        "2603:1030:20e:3::14%hn0",
        "2603:1030:20e:3::/64",
        "2603:1030:20e:3:1:2:3:4",
        "ip6.addr=2603:1030:20e:3::14",
        "[2603:1030:20e:3::14]:80",
        "2603:1030:20e:3::14."
      })
  void oneOfIpv6IsFoundInAnyPlace(String text) {
    assertThat(words.replaced(text)).doesNotContain("1030");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "13:00:00.120 step 1 begins",
        "2026/11/22 23:58:30",
        "2026-11-27T23:00:00Z",
        "15.0-RELEASE-p1",
        "1.2.3.4.5",
        "52.10.20.300",
        "netmask 0xffffff00",
        "255.255.255.0",
        "::/0",
        "default",
        "fe80::%hn0/64",
        "10.0.2.0/24 link#2",
        "::ffff:0.0.0.0/96",
        "ff02::/16",
        "inet6 fe80::1%lo0 prefixlen 64",
        "dev.hn.0.vf: mlxen0",
        "hn0.100: flags=8843<UP>",
        "168.63.129.16"
      })
  void allElseStays(String text) {
    assertThat(words.replaced(text)).isEqualTo(text);
  }

  @Test
  void aMacAddressIsFoundAlsoInTheIdentifierOfAClient() {
    assertThat(words.replaced("ether 00:15:5d:0a:0b:10"))
        .isEqualTo("ether " + macs.of("00:15:5d:0a:0b:10"));
    assertThat(words.replaced("1:0:15:5d:a:b:10")).isEqualTo("1:" + macs.of("0:15:5d:a:b:10"));
  }

  @ParameterizedTest
  @CsvSource({
    "inet 52.10.20.37 netmask 0xffffff80 broadcast 52.10.20.127, 52.10.20.0/25",
    "inet 52.10.20.37 netmask 255.255.254.0, 52.10.20.0/23",
    "52.10.20.0/22   link#2, 52.10.20.0/22",
    "fixed-address 52.10.20.37; option subnet-mask 255.255.255.0;, 52.10.20.0/24"
  })
  void theNetworksOfATextAreFound(String text, String network) {
    ImmutableSet.Builder<Prefix> found = ImmutableSet.builder();
    AddressWords.networks(text, found);
    assertThat(found.build()).containsExactly(Prefix.of(network));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.0.0.0/1", "52.10.20.37/32", "52.0.0.0/8", "52.10.20.37 netmask 0xff00ff00"})
  void aLargeNetworkOrAHostIsNone(String text) {
    ImmutableSet.Builder<Prefix> found = ImmutableSet.builder();
    AddressWords.networks(text, found);
    assertThat(found.build()).isEmpty();
  }
}

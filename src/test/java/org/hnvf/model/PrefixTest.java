package org.hnvf.model;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.net.InetAddresses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PrefixTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.2.15/24, 10.0.2.15/24",
    "10.0.2.15, 10.0.2.15/32",
    "0.0.0.0/0, 0.0.0.0/0",
    "2001:db8::50/64, 2001:db8::50/64",
    "2001:DB8:0:0::50, 2001:db8::50/128",
    "::/0, ::/0",
  })
  void textIsReadAndPrintedAsIfconfigDoes(String text, String printed) {
    assertThat(Prefix.of(text).toString()).isEqualTo(printed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/24",
        "10.0.2.15/",
        "10.0.2.15/x",
        "10.0.2.15/33",
        "10.0.2.15/-1",
        "10.0.2.15/24/24",
        "10.0.2/24",
        "10.0.2.256/24",
        "10.0.2.15 /24",
        "2001:db8::50/129",
        "2001:db8:::50/64",
        "example.org/24",
        "default",
        "link#4",
      })
  void otherTextIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Prefix.of(text));
  }

  @Test
  void familiesAreTold() {
    assertThat(Prefix.of("10.0.2.15/24").isIpv6()).isFalse();
    assertThat(Prefix.of("2001:db8::50/64").isIpv6()).isTrue();
    assertThat(Prefix.of("fe80::1/64").isIpv6LinkLocal()).isTrue();
    assertThat(Prefix.of("febf::1/64").isIpv6LinkLocal()).isTrue();
    assertThat(Prefix.of("fec0::1/64").isIpv6LinkLocal()).isFalse();
    assertThat(Prefix.of("2001:db8::50/64").isIpv6LinkLocal()).isFalse();
    assertThat(Prefix.of("169.254.1.1/16").isIpv6LinkLocal()).isFalse();
  }

  @Test
  void hostIsTheWholeLength() {
    assertThat(Prefix.of("10.0.2.15/32").isHost()).isTrue();
    assertThat(Prefix.of("10.0.2.15/31").isHost()).isFalse();
    assertThat(Prefix.of("2001:db8::50/128").isHost()).isTrue();
    assertThat(Prefix.of("2001:db8::50/32").isHost()).isFalse();
    assertThat(Prefix.of("10.0.2.15/24").host()).isEqualTo("10.0.2.15");
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.2.15/24, 10.0.2.255, true",
    "10.0.2.15/24, 10.0.3.0, false",
    "10.0.2.15/22, 10.0.3.255, true",
    "10.0.2.15/23, 10.0.4.1, false",
    "10.0.2.15/32, 10.0.2.15, true",
    "10.0.2.15/32, 10.0.2.14, false",
    "10.0.2.15/31, 10.0.2.14, true",
    "0.0.0.0/0, 192.0.2.1, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "::/0, 192.0.2.1, false",
    "2001:db8::50/64, 2001:db8::ffff:ffff:ffff:ffff, true",
    "2001:db8::50/64, 2001:db8:0:1::, false",
    "2001:db8::50/127, 2001:db8::51, true",
    "2001:db8::50/128, 2001:db8::51, false",
  })
  void networkHoldsItsAddresses(String prefix, String address, boolean holds) {
    assertThat(Prefix.of(prefix).contains(InetAddresses.forString(address))).isEqualTo(holds);
  }
}

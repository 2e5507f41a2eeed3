package org.hnvf.capture;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.hnvf.model.Prefix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The replacement of addresses: one to one, and two of them share as long a prefix as before. */
final class AddressMapTest {

  private static final ImmutableList<String> STAYING =
      ImmutableList.of(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "168.63.129.16/32",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.2.0/24",
          "192.168.0.0/16",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4",
          "240.0.0.0/4",
          "::1/128",
          "2001:db8::/32",
          "fe80::/10",
          "ff00::/8");

  private final Random random = new Random(19);

  private static AddressMap map(int key, String... networks) {
    byte[] bytes = {(byte) key};
    ImmutableSet.Builder<Prefix> known = ImmutableSet.builder();
    for (String network : networks) {
      known.add(Prefix.of(network));
    }
    return new AddressMap(bytes, new MacMap(bytes), known.build());
  }

  private static String image(AddressMap map, String address) {
    return InetAddresses.toAddrString(map.of(InetAddresses.forString(address)));
  }

  private static int shared(InetAddress a, InetAddress b) {
    byte[] left = a.getAddress();
    byte[] right = b.getAddress();
    for (int i = 0; i < left.length * 8; i++) {
      if (((left[i / 8] ^ right[i / 8]) >> (7 - i % 8) & 1) != 0) {
        return i;
      }
    }
    return left.length * 8;
  }

  /** Addresses that share prefixes of all lengths, and some near the ranges that stay. */
  private List<InetAddress> sample(int length) throws UnknownHostException {
    List<InetAddress> sample = new ArrayList<>();
    for (String range : STAYING) {
      byte[] near = Prefix.of(range).address().getAddress();
      if (near.length == length) {
        sample.add(InetAddress.getByAddress(near));
        sample.add(turned(near, random.nextInt(Math.max(1, Prefix.of(range).length()))));
      }
    }
    while (sample.size() < 400) {
      byte[] one = new byte[length];
      random.nextBytes(one);
      sample.add(InetAddress.getByAddress(one));
      sample.add(turned(one, random.nextInt(length * 8)));
    }
    return sample;
  }

  private static InetAddress turned(byte[] address, int bit) throws UnknownHostException {
    byte[] other = address.clone();
    other[bit / 8] ^= (byte) (0x80 >> bit % 8);
    return InetAddress.getByAddress(other);
  }

  private static boolean stays(InetAddress address) {
    return STAYING.stream().map(Prefix::of).anyMatch(range -> range.contains(address));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 16})
  void twoShareAsLongAPrefixAsBefore(int length) throws UnknownHostException {
    List<InetAddress> sample = sample(length);
    AddressMap map = map(1, "52.10.20.0/24", "8.8.0.0/16");
    for (InetAddress a : sample) {
      for (InetAddress b : sample) {
        int before = shared(a, b);
        int after = shared(map.of(a), map.of(b));
        // Beyond the network part of IPv6, the two octets that mark a MAC address stay.
        if (length == 4 || before < 64) {
          assertWithMessage(a + " " + b).that(after).isEqualTo(before);
        } else {
          assertWithMessage(a + " " + b).that(after).isAtLeast(64);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 16})
  void itIsOneToOne(int length) throws UnknownHostException {
    Set<InetAddress> sample = new HashSet<>(sample(length));
    AddressMap map = map(2);
    Set<InetAddress> images = new HashSet<>();
    sample.forEach(address -> images.add(map.of(address)));
    assertThat(images).hasSize(sample.size());
  }

  /** All the addresses of a part of the space, with known networks in it. */
  @Test
  void allAddressesOfARangeAreThereOnce() throws UnknownHostException {
    AddressMap map = map(3, "168.63.128.0/23", "168.63.7.0/25");
    Set<InetAddress> images = new HashSet<>();
    for (int low = 0; low < 1 << 16; low++) {
      InetAddress address =
          InetAddress.getByAddress(new byte[] {(byte) 168, 63, (byte) (low >> 8), (byte) low});
      images.add(map.of(address));
    }
    assertThat(images).hasSize(1 << 16);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 16})
  void oneThatStaysStaysAndNoOtherBecomesOne(int length) throws UnknownHostException {
    for (int key = 0; key < 20; key++) {
      AddressMap map = map(key);
      for (InetAddress address : sample(length)) {
        InetAddress image = map.of(address);
        assertWithMessage(address + " " + image).that(stays(image)).isEqualTo(stays(address));
        if (stays(address) && !address.isLinkLocalAddress()) {
          assertThat(image).isEqualTo(address);
        }
      }
    }
  }

  @Test
  void theKeyDecidesAndNothingElse() {
    String address = "52.10.20.37";
    assertThat(image(map(1), address)).isEqualTo(image(map(1), address));
    assertThat(image(map(1), address)).isNotEqualTo(image(map(2), address));
    assertThat(image(map(1), "2603:1030::99")).isNotEqualTo(image(map(2), "2603:1030::99"));
  }

  /** The order of the addresses in the capture does not matter. */
  @Test
  void theOtherAddressesDoNotMatter() {
    AddressMap map = map(1);
    String alone = image(map(1), "52.10.20.37");
    assertThat(image(map, "52.10.20.38")).isNotEqualTo(alone);
    assertThat(image(map, "52.10.20.37")).isEqualTo(alone);
  }

  @ParameterizedTest
  @CsvSource({"52.10.20.0,24", "52.10.16.0,20", "8.8.8.128,25", "131.107.0.0,16"})
  void aKnownNetworkKeepsItsHostPart(String network, int length) {
    AddressMap map = map(4, network + "/" + length);
    InetAddress base = InetAddresses.forString(network);
    int first = InetAddresses.coerceToInteger(base);
    int hosts = (1 << (32 - length)) - 1;
    for (int host : new int[] {0, 1, 37 & hosts, hosts}) {
      InetAddress image = map.of(InetAddresses.fromInteger(first + host));
      assertThat(InetAddresses.coerceToInteger(image) & hosts).isEqualTo(host);
    }
    assertThat(map.of(base)).isNotEqualTo(base);
  }

  /** A route to a large network is one to a network. */
  @Test
  void theAddressOfANetworkBecomesTheAddressOfANetwork() {
    AddressMap map = map(5);
    InetAddress image = map.of(InetAddresses.forString("52.0.0.0"), 9);
    assertThat(InetAddresses.coerceToInteger(image) << 9).isEqualTo(0);
    InetAddress image6 = map.of(InetAddresses.forString("2603:1030::"), 30);
    assertThat(InetAddresses.toAddrString(image6)).endsWith("::");
  }

  @Test
  void anInterfaceIdentifierFollowsTheMacAddress() {
    byte[] key = {6};
    MacMap macs = new MacMap(key);
    AddressMap map = new AddressMap(key, macs, ImmutableSet.of());
    String mac = macs.of("00:15:5d:0a:0b:10").replace(":", "");
    String expected =
        "fe80::215:5dff:fe" + mac.substring(6, 8) + ":" + mac.substring(8).replaceFirst("^0+", "");
    assertThat(image(map, "fe80::215:5dff:fe0a:b10"))
        .isEqualTo(InetAddresses.toAddrString(InetAddresses.forString(expected)));
    assertThat(image(map, "2603:1030::215:5dff:fe0a:b10"))
        .endsWith(image(map, "fe80::215:5dff:fe0a:b10").substring("fe80:".length()));
  }

  @Test
  void aSmallInterfaceIdentifierStays() {
    AddressMap map = map(7);
    assertThat(image(map, "2603:1030:20e:3::1")).endsWith("::1");
    assertThat(image(map, "2603:1030:20e:3::1")).doesNotContain("1030");
    assertThat(image(map, "2603:1030:20e:3:a1b2:c3d4:e5f6:1")).doesNotContain("a1b2");
  }

  /** The IPv4 address inside 6to4 is that of the site. */
  @Test
  void anAddressInsideAnAddressIsReplacedAsSuch() {
    AddressMap map = map(8);
    byte[] inner = InetAddresses.forString(image(map, "52.10.20.37")).getAddress();
    byte[] outer = InetAddresses.forString(image(map, "2002:340a:1425::1")).getAddress();
    assertThat(new byte[] {outer[2], outer[3], outer[4], outer[5]}).isEqualTo(inner);
    byte[] nat64 = InetAddresses.forString(image(map, "64:ff9b::340a:1425")).getAddress();
    assertThat(new byte[] {nat64[12], nat64[13], nat64[14], nat64[15]}).isEqualTo(inner);
  }

  @Test
  void aUniqueLocalAddressStaysOneAndIsReplaced() {
    assertThat(image(map(9), "fd12:3456:789a::1")).startsWith("fd");
    assertThat(image(map(9), "fd12:3456:789a::1")).isNotEqualTo("fd12:3456:789a::1");
  }
}

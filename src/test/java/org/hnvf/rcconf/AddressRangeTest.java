package org.hnvf.rcconf;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.hnvf.model.ExitCode;
import org.hnvf.model.UserException;
import org.junit.jupiter.api.Test;

/** Address ranges as ifalias_expand_addr of network.subr writes them out. */
final class AddressRangeTest {

  private final Complaints complaints = new Complaints();

  @Test
  void onlyTheFirstIpv4AddressKeepsItsLength() throws Exception {
    assertThat(expand("inet 10.0.0.8-10/24"))
        .containsExactly("inet 10.0.0.8/24", "inet 10.0.0.9/32", "inet 10.0.0.10/32")
        .inOrder();
    assertThat(expand("inet 10.0.0.8-9"))
        .containsExactly("inet 10.0.0.8/32", "inet 10.0.0.9/32")
        .inOrder();
  }

  @Test
  void withANetmaskThereIsNoLength() throws Exception {
    assertThat(expand("inet 10.0.0.8-9/24 netmask 255.255.255.0"))
        .containsExactly(
            "inet 10.0.0.8 netmask 255.255.255.0", "inet 10.0.0.9 netmask 255.255.255.0")
        .inOrder();
  }

  @Test
  void aRangeMayStandInTheMiddleAndTwice() throws Exception {
    assertThat(expand("inet 10.0.1-2.5/24"))
        .containsExactly("inet 10.0.1.5/24", "inet 10.0.2.5/32")
        .inOrder();
    assertThat(expand("inet 10.0.1-2.5-6/24"))
        .containsExactly(
            "inet 10.0.1.5/24", "inet 10.0.1.6/32", "inet 10.0.2.5/32", "inet 10.0.2.6/32")
        .inOrder();
  }

  @Test
  void whatMakesNoSenseGivesNothing() throws Exception {
    assertThat(expand("inet 10.0.0.9-8/24")).isEmpty();
    assertThat(expand("inet 10.0.0.8--9/24")).isEmpty();
    assertThat(expand("inet 10.0.0.8-9x/24")).isEmpty();
    assertThat(expand("inet 10.0.0.8/24-28")).isEmpty();
    assertThat(expand("inet6 2001:db8::1--3/64")).isEmpty();
    assertThat(expand("inet6 2001:db8::1g-2/64")).isEmpty();
    assertThat(expand("inet6 2001:db8::3-1/64")).isEmpty();
    assertThat(expand("inet6 ::ffff:10.0.0.1-3")).isEmpty();
    assertThat(expand("inet6 1-2:3-4::1/64")).isEmpty();
    assertThat(expand("ether 02-00-00-00-00-01")).isEmpty();
  }

  @Test
  void whatOnlyLooksLikeARangeStaysAsItIs() throws Exception {
    assertThat(expand("inet 10.0.0.8/24 description web-1"))
        .containsExactly("inet 10.0.0.8/24 description web-1");
    assertThat(expand("inet 10.0.0.8/24 netmask 0xff000000 description b-1"))
        .containsExactly("inet 10.0.0.8 netmask 0xff000000 description b-1");
  }

  @Test
  void ipv6AddressesCountInHexadecimalAndAllKeepTheirLength() throws Exception {
    assertThat(expand("inet6 2001:db8::e-11/80"))
        .containsExactly(
            "inet6 2001:db8::000e/80",
            "inet6 2001:db8::000f/80",
            "inet6 2001:db8::0010/80",
            "inet6 2001:db8::0011/80")
        .inOrder();
    assertThat(expand("inet6 2001:db8::1-2"))
        .containsExactly("inet6 2001:db8::0001/64", "inet6 2001:db8::0002/64")
        .inOrder();
    assertThat(expand("inet6 2001:db8:a-b::1/64"))
        .containsExactly("inet6 2001:db8:000a::1/64", "inet6 2001:db8:000b::1/64")
        .inOrder();
  }

  @Test
  void withAPrefixLengthOfItsOwnThereIsNoOther() throws Exception {
    assertThat(expand("inet6 2001:db8::1-2/64 prefixlen 80"))
        .containsExactly("inet6 2001:db8::0001 prefixlen 80", "inet6 2001:db8::0002 prefixlen 80")
        .inOrder();
  }

  @Test
  void aRangeBeyondTheLimitIsCutWithAComplaint() throws Exception {
    ImmutableList<String> addresses = expand("inet 10.0.0.10-99/24", "netif_ipexpand_max", "3");

    assertThat(addresses).hasSize(5);
    assertThat(addresses).contains("inet 10.0.0.14/32");
    assertThat(complaints.texts()).hasSize(1);
    assertThat(complaints.texts().get(0)).contains("only its first 5 addresses are used");
  }

  @Test
  void aRangeUpToTheLimitIsTakenWhole() throws Exception {
    assertThat(expand("inet6 2001:db8::10-13/64", "netif_ipexpand_max", "3")).hasSize(4);
    assertThat(complaints.texts()).isEmpty();
  }

  @Test
  void aLimitThatIsNoNumberIsFreeBsdsOwn() throws Exception {
    assertThat(expand("inet6 2001:db8::0-ffff/64", "netif_ipexpand_max", "many")).hasSize(2050);
    assertThat(complaints.texts()).hasSize(1);
  }

  @Test
  void thereIsABoundThatNoVariableMoves() {
    for (String alias : ImmutableList.of("inet6 2001:db8::0-1ffff/64", "inet 10.0-255.0-255.0-1")) {
      UserException error =
          assertThrows(UserException.class, () -> expand(alias, "netif_ipexpand_max", "999999999"));

      assertThat(error.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
      assertThat(error).hasMessageThat().contains("more than 65536 aliases");
    }
  }

  private ImmutableList<String> expand(String alias) throws UserException {
    return expand(alias, "netif_ipexpand_max", "2048");
  }

  private ImmutableList<String> expand(String alias, String name, String value)
      throws UserException {
    RcVariables variables = new RcVariables(ImmutableMap.of(name, value));
    return new AddressRange(variables, complaints)
        .expand(Words.of(alias)).stream().map(Words::join).collect(ImmutableList.toImmutableList());
  }
}

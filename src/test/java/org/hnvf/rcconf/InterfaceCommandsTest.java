package org.hnvf.rcconf;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.List;
import org.hnvf.model.ExitCode;
import org.hnvf.model.InterfaceConfig;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Behaviour of network.subr beyond the recorded cases. */
final class InterfaceCommandsTest {

  private final RcConfDirectory directory;

  InterfaceCommandsTest(@TempDir Path root) {
    this.directory = new RcConfDirectory(root);
  }

  @Test
  void pseudoWordsAreTakenOutInAnyCase() throws Exception {
    InterfaceConfig config =
        directory.hn0("ifconfig_hn0='syncDHCP noauto Wpa hostap mtu 1400 Dhcp'\n");

    assertThat(config.dhcp()).isTrue();
    assertThat(config.syncDhcp()).isTrue();
    assertThat(config.auto()).isFalse();
    assertThat(commands(config)).containsExactly("mtu 1400", "up").inOrder();
  }

  @Test
  void theFirstWordOnWaitingForDhcpCounts() throws Exception {
    assertThat(directory.hn0("ifconfig_hn0='NOSYNCDHCP SYNCDHCP'\n").syncDhcp()).isFalse();
    assertThat(directory.hn0("ifconfig_hn0='SYNCDHCP NOSYNCDHCP'\n").syncDhcp()).isTrue();
    String waiting = "synchronous_dhclient=yes\nifconfig_hn0=";
    assertThat(directory.hn0(waiting + "DHCP\n").syncDhcp()).isTrue();
    assertThat(directory.hn0(waiting + "NOSYNCDHCP\n").syncDhcp()).isFalse();
  }

  @Test
  void aJailTakesTheInterfaceAndItsNameIsNoArgument() throws Exception {
    InterfaceConfig config = directory.hn0("ifconfig_hn0='vnet DHCP inet 10.0.0.4/24'\n");

    assertThat(config.vnetJail()).hasValue("DHCP");
    assertThat(commands(config)).containsExactly("inet 10.0.0.4/24", "up").inOrder();
    assertThat(directory.hn0("ifconfig_hn0='up VNET j'\n").vnetJail()).isEmpty();
    assertThat(directory.hn0("ifconfig_hn0='up vnet'\n").vnetJail()).isEmpty();
  }

  @Test
  void quotesInAValueMeanWhatTheyMeanToSh() throws Exception {
    InterfaceConfig config =
        directory.hn0(
            "net=10.0.0\nifconfig_hn0='inet $net.4/24 description \"front  \"end\\ 1 '\n");

    assertThat(config.commands().get(0))
        .containsExactly("ifconfig", "hn0", "inet", "10.0.0.4/24", "description", "front end 1")
        .inOrder();
  }

  @Test
  void aCommentInAValueEndsIt() throws Exception {
    assertThat(commands(directory.hn0("ifconfig_hn0='inet 10.0.0.4/24 # mtu 9000 it'\\''s'\n")))
        .containsExactly("inet 10.0.0.4/24", "up")
        .inOrder();
  }

  @Test
  void whatWouldRunAnotherCommandIsRefused() throws Exception {
    for (String value :
        List.of(
            "up; reboot",
            "up & true",
            "up | cat",
            "up > /etc/passwd",
            "up `id`",
            "up $(id)",
            "up \"$(id)\"",
            "up \"`id`\"",
            "up ${x:=1}",
            "up (",
            "up $1",
            "up it\\'s \"open")) {
      directory.write("/etc/rc.conf", "ifconfig_hn0='" + value.replace("'", "'\\''") + "'\n");
      EvaluatedRcConf evaluated = directory.evaluate();

      UserException error =
          assertThrows(
              UserException.class, () -> evaluated.interfaceConfig(new InterfaceName("hn0")));

      assertThat(error.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
      assertThat(error).hasMessageThat().contains("ifconfig_hn0");
    }
  }

  @Test
  void theDefaultIsReadOnceMoreByItself() throws Exception {
    InterfaceConfig config =
        directory.hn0("net=10.0.0\nifconfig_DEFAULT='inet \"$net.9\"/24 description \"\\$net\"'\n");

    assertThat(config.commands().get(0))
        .containsExactly("ifconfig", "hn0", "inet", "10.0.0.9/24", "description", "10.0.0")
        .inOrder();
  }

  @Test
  void theDefaultStandsInForIpv6Too() throws Exception {
    InterfaceConfig config = directory.hn0("ifconfig_DEFAULT='DHCP inet6 accept_rtadv'\n");

    assertThat(config.acceptRtadv()).isTrue();
    assertThat(commands(config))
        .containsExactly(
            "inet6 accept_rtadv",
            "inet6 -ifdisabled",
            "inet6 accept_rtadv",
            "up",
            "inet6 accept_rtadv up",
            "rtsol hn0")
        .inOrder();
  }

  @Test
  void aDescriptionIsOneArgumentAndItsBlanksCollapse() throws Exception {
    InterfaceConfig config =
        directory.hn0("ifconfig_hn0=DHCP\nifconfig_hn0_descr='  a   \"b\" $x; `c` (d)\n e '\n");

    assertThat(config.commands().get(0))
        .containsExactly("ifconfig", "hn0", "description", "a \"b\" $x; `c` (d) e")
        .inOrder();
  }

  @Test
  void theNameOfAVariableHasNoPunctuation() throws Exception {
    EvaluatedRcConf evaluated =
        directory.evaluate("ifconfig_hn0_5=up\nifconfig_hn0_5_alias0='inet 10.5.0.1/24'\n");

    InterfaceConfig config = evaluated.interfaceConfig(new InterfaceName("hn0.5"));

    assertThat(config.commands().get(0)).containsExactly("ifconfig", "hn0.5", "up").inOrder();
    assertThat(commands(config)).containsExactly("up", "up", "inet 10.5.0.1/24 alias").inOrder();
  }

  @Test
  void aliasesOfOneInterfaceAreNotThoseOfAnother() throws Exception {
    assertThat(
            commands(
                directory.hn0(
                    """
                    ifconfig_hn01_alias0='inet 10.0.0.5/32'
                    ifconfig_hn_alias0='inet 10.0.0.6'
                    ifconfig_hn0_alias='inet 10.0.0.7/32'
                    """)))
        .isEmpty();
  }

  @Test
  void theFirstEmptyAliasEndsTheList() throws Exception {
    assertThat(
            commands(
                directory.hn0(
                    """
                    ifconfig_hn0_alias3='inet 10.0.0.3/32'
                    ifconfig_hn0_alias10=
                    ifconfig_hn0_alias11='inet 10.0.0.11/32'
                    """)))
        .containsExactly("inet 10.0.0.3/32 alias");
  }

  @Test
  void anAliasOfSeveralAddressesIsSeveralAliases() throws Exception {
    assertThat(
            commands(
                directory.hn0(
                    "ifconfig_hn0_alias0='inet 10.0.0.5/32 inet 10.0.0.6 netmask 0xffffffff'\n")))
        .containsExactly("inet 10.0.0.5/32 alias", "inet 10.0.0.6 netmask 0xffffffff alias")
        .inOrder();
  }

  @Test
  void linkLayerAddressesComeBeforeTheDescription() throws Exception {
    assertThat(
            commands(
                directory.hn0(
                    """
                    ifconfig_hn0=DHCP
                    ifconfig_hn0_descr=x
                    ifconfig_hn0_alias0='ether 02:00:00:00:00:01'
                    ifconfig_hn0_aliases='link 02:00:00:00:00:02'
                    """)))
        .containsExactly(
            "link 02:00:00:00:00:02 alias", "ether 02:00:00:00:00:01 alias", "description x", "up")
        .inOrder();
  }

  @Test
  void onlyTheLastAliasKeepsItsQuotes() throws Exception {
    assertThat(
            commands(
                directory.hn0(
                    "ifconfig_hn0_aliases='inet 10.0.0.5/32 pass \"a\" inet 10.0.0.6 pass \"b\"'\n")))
        .containsExactly("inet 10.0.0.5/32 pass a alias", "inet 10.0.0.6 pass \"b\" alias")
        .inOrder();
  }

  @Test
  void aCommentMayLeaveNothingOfAnAlias() throws Exception {
    assertThat(commands(directory.hn0("ifconfig_hn0_aliases='inet # 10.0.0.5 inet 10.0.0.6/32'\n")))
        .containsExactly("inet 10.0.0.6/32 alias");
  }

  @Test
  void aPasswordIsNoRange() throws Exception {
    assertThat(commands(directory.hn0("ifconfig_hn0_alias0='inet pass a-b 10.0.0.5-6/32'\n")))
        .containsExactly("inet pass a-b 10.0.0.5-6/32 alias");
  }

  @Test
  void anObsoleteAliasThatIsEmptyEndsItsList() throws Exception {
    assertThat(
            commands(
                directory.hn0(
                    """
                    ifconfig_hn0_ipv6="inet6 -ifdisabled"
                    ipv6_ifconfig_hn0_alias0=
                    ipv6_ifconfig_hn0_alias1="2001:db8::6/64"
                    """)))
        .doesNotContain("inet6 2001:db8::6/64 alias");
  }

  @Test
  void aBridgeIsNotAskedForRouterAdvertisementsTheOldWay() throws Exception {
    InterfaceConfig config =
        directory
            .evaluate("ipv6_enable=YES\nifconfig_bridge0_ipv6='inet6 accept_rtadv'\n")
            .interfaceConfig(new InterfaceName("bridge0"));

    assertThat(config.acceptRtadv()).isFalse();
    assertThat(config.commands().get(0))
        .containsExactly("ifconfig", "bridge0", "inet6", "-ifdisabled")
        .inOrder();
  }

  @Test
  void whatIsNoYesAndNoNoIsNoWithAComplaint() throws Exception {
    InterfaceConfig config =
        directory.hn0(
            "ipv6_activate_all_interfaces=perhaps\nsynchronous_dhclient=\nifconfig_hn0=DHCP\n");

    assertThat(commands(config)).containsExactly("up");
    assertThat(config.warnings())
        .containsExactly(
            "ipv6_activate_all_interfaces is neither YES nor NO but \"perhaps\"; hnvf takes it as NO",
            "synchronous_dhclient is neither YES nor NO but \"\"; hnvf takes it as NO")
        .inOrder();
  }

  @Test
  void theOldSwitchOfIpv6AsksForRouterAdvertisements() throws Exception {
    assertThat(commands(directory.hn0("ipv6_enable=YES\nifconfig_hn0=up\n")))
        .containsExactly("inet6 accept_rtadv", "up", "up")
        .inOrder();
    assertThat(commands(directory.hn0("ipv6_enable=YES\nipv6_gateway_enable=YES\n"))).isEmpty();
    assertThat(directory.hn0("ipv6_enable=YES\nifconfig_hn0_ipv6='inet6 up'\n").acceptRtadv())
        .isTrue();
  }

  @Test
  void theInterfaceToTheProviderAcceptsRouterAdvertisements() throws Exception {
    assertThat(commands(directory.hn0("ipv6_cpe_wanif=hn0\n")))
        .containsExactly("inet6 -no_radr accept_rtadv");
  }

  @Test
  void aRouterAddsTheAnycastAddressOfAPrefix() throws Exception {
    assertThat(
            commands(
                directory.hn0(
                    "ipv6_gateway_enable=YES\nipv6_prefix_hn0='2001:db8:1:2::/56 2001:db8:3:'\n")))
        .containsExactly(
            "inet6 -ifdisabled",
            "up",
            "inet6 2001:db8:1:2:: prefixlen 56 eui64 alias",
            "inet6 2001:db8:1:2:: prefixlen 56 alias anycast",
            "inet6 2001:db8:3:: prefixlen 64 eui64 alias",
            "inet6 2001:db8:3:: prefixlen 64 alias anycast")
        .inOrder();
  }

  @Test
  void ipv6IsForTheInterfacesThatAreListed() throws Exception {
    String config =
        "ifconfig_hn0_ipv6='inet6 accept_rtadv'\nifconfig_hn0_alias0='inet6 2001:db8::5/64'\n";

    assertThat(directory.hn0("ipv6_network_interfaces='em0 hn0'\n" + config).acceptRtadv())
        .isTrue();
    assertThat(directory.hn0("ipv6_network_interfaces='hn01'\n" + config).acceptRtadv()).isFalse();
    assertThat(commands(directory.hn0("ipv6_network_interfaces='none'\n" + config)))
        .doesNotContain("inet6 2001:db8::5/64 alias");
  }

  @Test
  void obsoleteNamesStillWorkAndAreComplainedOf() throws Exception {
    InterfaceConfig config =
        directory.hn0(
            """
            ipv6_ifconfig_hn0='2001:db8::4/64'
            ipv6_ifconfig_hn0_alias1='2001:db8::6/64'
            ipv6_ifconfig_hn0_alias0='2001:db8::5/64'
            """);

    assertThat(commands(config))
        .containsExactly(
            "inet6 -ifdisabled",
            "inet6 2001:db8::4/64",
            "up",
            "inet6 2001:db8::5/64 alias",
            "inet6 2001:db8::6/64 alias")
        .inOrder();
    assertThat(config.warnings()).hasSize(3);
  }

  @Test
  void theLoopbackInterfaceIsThereWithoutAnyConfiguration() throws Exception {
    InterfaceConfig config = directory.evaluate("").interfaceConfig(new InterfaceName("lo0"));

    assertThat(config.dhcp()).isFalse();
    assertThat(commands(config)).containsExactly("up", "inet 127.0.0.1/8 alias").inOrder();
  }

  @Test
  void anInterfaceWithoutAddressesHasNone() throws Exception {
    InterfaceConfig config =
        directory
            .evaluate(
                """
                ifconfig_DEFAULT=SYNCDHCP
                ifconfig_ath0_alias0='inet 10.0.0.1/24'
                ipv6_activate_all_interfaces=YES
                """)
            .interfaceConfig(new InterfaceName("ath0"));

    assertThat(config.dhcp()).isFalse();
    assertThat(config.syncDhcp()).isFalse();
    assertThat(config.acceptRtadv()).isFalse();
    assertThat(commands(config)).isEmpty();
  }

  @Test
  void noAliasOfAnEmptyFamily() throws Exception {
    assertThat(commands(directory.hn0("ifconfig_hn0_aliases='junk inet inet 10.0.0.5/32 inet'\n")))
        .containsExactly("inet 10.0.0.5/32 alias");
  }

  private static ImmutableList<String> commands(InterfaceConfig config) {
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    for (ImmutableList<String> command : config.commands()) {
      boolean own = command.get(0).equals("ifconfig");
      lines.add(String.join(" ", own ? command.subList(2, command.size()) : command));
    }
    return lines.build();
  }
}

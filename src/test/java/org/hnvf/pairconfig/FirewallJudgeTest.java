package org.hnvf.pairconfig;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import org.hnvf.freebsd.IfconfigParser;
import org.hnvf.model.Dependent;
import org.hnvf.model.Fibs;
import org.hnvf.model.FirewallAnswer;
import org.hnvf.model.Firewalls;
import org.hnvf.model.GuestState;
import org.hnvf.model.HyperV;
import org.hnvf.model.InterfaceName;
import org.junit.jupiter.api.Test;

/** Which loaded rules let a configuration move from hn0 to lagg0. */
final class FirewallJudgeTest {

  private static final InterfaceName HN = new InterfaceName("hn0");
  private static final InterfaceName LAGG = new InterfaceName("lagg0");

  private static final GuestState GUEST =
      GuestState.ofLinks(
          new HyperV(Optional.of(false), Optional.empty(), ImmutableMap.of(), ImmutableMap.of()),
          IfconfigParser.parse(
              """
              lo0: flags=1008049<UP,LOOPBACK,RUNNING,MULTICAST,LOWER_UP> metric 0 mtu 16384
              \tgroups: lo
              hn0: flags=1008843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST,LOWER_UP> metric 0 mtu 1500
              \tinet 10.0.2.50 netmask 0xffffff00 broadcast 10.0.2.255
              \tgroups: ext
              hn1: flags=1008843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST,LOWER_UP> metric 0 mtu 1500
              """),
          Firewalls.NONE,
          Optional.empty(),
          Fibs.ONE);

  private static ImmutableList<String> lines(String text) {
    return ImmutableList.copyOf(Splitter.on('\n').omitEmptyStrings().split(text));
  }

  private static ImmutableList<Dependent> pf(String rules, String nat, String interfaces) {
    return FirewallJudge.of(
        GUEST,
        HN,
        LAGG,
        new FirewallAnswer(
            Optional.of(new FirewallAnswer.Pf(lines(rules), lines(nat), lines(interfaces))),
            Optional.empty(),
            false,
            ImmutableList.of()));
  }

  private static ImmutableList<Dependent> rules(String rules) {
    return pf(rules, "", "");
  }

  private static ImmutableList<Dependent> ipfw(String text) {
    return FirewallJudge.of(
        GUEST,
        HN,
        LAGG,
        new FirewallAnswer(
            Optional.empty(),
            Optional.of(new FirewallAnswer.Ipfw(lines(text))),
            false,
            ImmutableList.of()));
  }

  private static void isRefused(ImmutableList<Dependent> rows, String shown) {
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).verdict()).isEqualTo(Dependent.Verdict.REFUSE);
    assertThat(rows.get(0).reason()).contains(shown);
    assertThat(rows.get(0).text()).contains("firewall to \"ignore\" in hnvf.json");
  }

  private static void isTold(ImmutableList<Dependent> rows, String shown) {
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).verdict()).isEqualTo(Dependent.Verdict.TELL);
    assertThat(rows.get(0).text()).contains(shown);
  }

  @Test
  void rulesThatNameNeitherAreNoneOfItsBusiness() {
    assertThat(
            pf(
                """
            block drop in on hn1 all
            pass in inet proto tcp from any to 10.0.2.50
            pass in on ext proto icmp all keep state
            pass on hn0.100 all
            """,
                "nat on hn1 inet from 10.9.0.0/24 to any -> (hn1) round-robin\n",
                "all\next\nhn0\nhn1\nlo\nlo0 (skip)\n"))
        .isEmpty();
  }

  @Test
  void aNameInALabelOrATagIsNoInterface() {
    assertThat(rules("pass in all keep state label \"hn0\"\npass out all tag hn0\n")).isEmpty();
  }

  @Test
  void theRulesOfTranscript70AreRefusedAndShown() {
    ImmutableList<Dependent> verdict =
        rules(
            """
            block drop in on hn0 proto icmp all
            pass out on hn0 all flags S/SA keep state
            pass in on outside proto icmp all keep state
            """);
    isRefused(verdict, "`block drop in on hn0 proto icmp all`");
    isRefused(verdict, "`pass out on hn0 all flags S/SA keep state`");
    assertThat(verdict.get(0).text()).doesNotContain("outside");
    assertThat(verdict.get(0).text()).contains("`ifconfig hn0 group ext`");
  }

  @Test
  void twinsInTheSameOrderAreAllowed() {
    ImmutableList<Dependent> verdict =
        pf(
            """
            block drop in on hn0 all
            block drop in on lagg0 all
            anchor "a" all {
              pass in on hn0 proto tcp from any to any port = ssh flags S/SA keep state label "hn0"
              pass in on lagg0 proto tcp from any to any port = ssh flags S/SA keep state label "lagg0"
            }
            pass out on hn0 from (hn0:network) to any flags S/SA keep state
            pass out on lagg0 from (lagg0:network) to any flags S/SA keep state
            pass in on ext proto icmp all keep state
            """,
            """
            nat on hn0 inet from 10.9.0.0/24 to any -> (hn0) round-robin
            nat on lagg0 inet from 10.9.0.0/24 to any -> (lagg0) round-robin
            """,
            "hn0 (skip)\nlagg0 (skip)\nlo0 (skip)\n");
    assertThat(verdict).isEmpty();
  }

  @Test
  void twinsInAnotherOrderAreNone() {
    isRefused(
        rules(
            """
            block drop in on hn0 all
            pass in on hn0 proto icmp all
            pass in on lagg0 proto icmp all
            block drop in on lagg0 all
            """),
        "block drop in on hn0 all");
  }

  @Test
  void aTwinBehindARuleThatComesBetweenIsNone() {
    isRefused(
        rules("block drop in on hn0 all\npass in quick all\nblock drop in on lagg0 all\n"),
        "block drop in on hn0 all");
  }

  @Test
  void oneOfAnotherInterfaceMayComeBetween() {
    assertThat(rules("block drop in on hn0 all\npass in on hn1 all\nblock drop in on lagg0 all\n"))
        .isEmpty();
  }

  @Test
  void aRuleForAllOthersChangesItsMeaningToo() {
    isRefused(
        rules("block drop in on ! hn0 inet from 10.0.2.0/24 to any\n"),
        "`block drop in on ! hn0 inet from 10.0.2.0/24 to any`");
    assertThat(
            rules(
                """
            block drop in on ! hn0 inet from 10.0.2.0/24 to any
            block drop in on ! lagg0 inet from 10.0.2.0/24 to any
            """))
        .isEmpty();
  }

  @Test
  void addressesRoutesAndAnchorsThatNameItNeedATwin() {
    for (String rule :
        ImmutableList.of(
            "pass out from (hn0) to any",
            "pass out from ! (hn0:0) to any",
            "pass out on lo0 route-to (hn0 10.0.2.2) all",
            "pass in on ext reply-to (hn0 10.0.2.2) all",
            "pass out received-on hn0 all",
            "anchor \"b\" on hn0 all {\n  pass all\n}")) {
      isRefused(rules(rule + "\n"), "hn0");
    }
    assertThat(rules("pass out from (hn0) to any\npass out from (lagg0) to any\n")).isEmpty();
    assertThat(
            rules(
                """
            anchor "b" on hn0 all {
              pass all
            }
            anchor "c" on hn1 all {
              block all
            }
            anchor "b" on lagg0 all {
              pass all
            }
            """))
        .isNotEmpty();
    assertThat(
            rules(
                """
            anchor "b" on hn0 all {
              pass all
            }
            anchor "b" on lagg0 all {
              pass all
            }
            """))
        .isEmpty();
  }

  @Test
  void natAndSkipNeedATwinToo() {
    isRefused(
        pf("", "nat on hn0 inet from 10.9.0.0/24 to any -> (hn0) round-robin\n", ""), "nat on hn0");
    isRefused(pf("block drop all\n", "", "hn0 (skip)\nlo0 (skip)\n"), "`set skip on hn0`");
    assertThat(pf("block drop all\n", "", "hn0 (skip)\nlagg (skip)\n")).isEmpty();
  }

  @Test
  void whatTheGroupOfLaggsLetsThroughCountsAsTheTwin() {
    assertThat(rules("pass in on hn0 all\npass in on lagg all\n")).isEmpty();
    isRefused(rules("pass in on hn0 all\nblock drop in on lagg all\n"), "pass in on hn0 all");
  }

  @Test
  void rulesThatNameTheLaggAloneAreTold() {
    isTold(
        rules("pass all\nblock drop in on lagg0 proto icmp all\n"),
        "`block drop in on lagg0 proto icmp all`");
    isTold(ipfw("00100 allow ip from any to any via lagg0\n"), "via lagg0");
  }

  @Test
  void statesThatAreBoundToTheInterfaceAreTold() {
    isTold(rules("pass out all flags S/SA keep state (if-bound)\n"), "end with the move");
  }

  @Test
  void ipfwIsRefusedWhereItNamesTheInterfaceOrAPatternDoes() {
    isRefused(
        ipfw("00100 allow ip from any to any via lo0\n00200 deny ip from any to any in recv hn0\n"),
        "00200");
    isRefused(ipfw("00100 allow ip from any to any via hn*\n"), "via hn*");
    isRefused(ipfw("00100 allow ip from any to any out xmit h?0\n"), "h?0");
    isRefused(ipfw("00100 allow ip from any to any via hn[0-9]\n"), "hn[0-9]");
    isRefused(ipfw("ipfw nat 1 config if hn0 log\n"), "ipfw nat 1 config if hn0");
    isRefused(ipfw("--- table(ifs), set(0) ---\nhn0 0\n"), "hn0 0");
    assertThat(
            ipfw(
                """
            00100 allow ip from any to any via lo0
            00200 allow ip from 10.0.2.50 to any via hn1
            65535 deny ip from any to any
            --- table(ifs), set(0) ---
            hn1 0
            """))
        .isEmpty();
  }

  @Test
  void ipfAndAQuestionThatFailsAreRefusals() {
    isRefused(
        FirewallJudge.of(
            GUEST,
            HN,
            LAGG,
            new FirewallAnswer(Optional.empty(), Optional.empty(), true, ImmutableList.of())),
        "ipf(4) is running");
    isRefused(
        FirewallJudge.of(
            GUEST,
            HN,
            LAGG,
            new FirewallAnswer(
                Optional.empty(), Optional.empty(), false, ImmutableList.of("`pfctl -si` hung"))),
        "`pfctl -si` hung");
  }
}

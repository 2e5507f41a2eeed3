package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import org.hnvf.model.Command;
import org.hnvf.model.ExitCode;
import org.hnvf.model.FirewallUse;
import org.hnvf.model.HnvfException;
import org.hnvf.model.Intent;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.MovePolicy;
import org.hnvf.model.PairState;
import org.hnvf.model.Settings;
import org.hnvf.model.Strategy;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.sim.CommandPattern;
import org.hnvf.sim.Scenario;
import org.hnvf.workflow.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A firewall that names hn0 keeps the configuration on hn0, with the VF down. */
final class FirewallTest {

  private static final ImmutableList<String> ADDRESSES = ImmutableList.of("10.0.2.50/24");
  private static final ImmutableList<String> NONE = ImmutableList.of();
  private static final ImmutableList<String> BLOCKS =
      ImmutableList.of("block drop in on hn0 proto icmp all");
  private static final ImmutableList<String> TWINS =
      ImmutableList.of(
          "block drop in on hn0 proto icmp all", "block drop in on lagg0 proto icmp all");

  private static Guest guest(Strategy strategy, ImmutableList<String> rules) {
    Guest guest = Guest.of(Scenario.staticGuest(), strategy);
    guest.sim.packetFilters().pf(rules, NONE, NONE);
    return guest;
  }

  private static InterfaceName plugged(Guest guest) {
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();
    return new InterfaceName("mlxen0");
  }

  private static ImmutableList<String> questionsSince(Guest guest, int n) {
    return guest.sim.history().stream()
        .skip(n)
        .map(entry -> entry.result().command())
        .filter(command -> command.program().equals("pfctl") || command.program().equals("ipfw"))
        .map(Command::line)
        .collect(ImmutableList.toImmutableList());
  }

  private static void isRefused(Report report, String reason) {
    assertThat(report.exitStatus()).isEqualTo(ExitCode.CONFIGURATION.status());
    String text = report.message() + " " + report.failures();
    assertThat(text).contains(reason);
    assertThat(text).contains("firewall to \"ignore\" in hnvf.json");
    assertThat(text).contains("`hnvf release hn0`");
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void aVfThatIsDownStaysDownAndNothingIsChanged(Strategy strategy) throws Exception {
    Guest guest = guest(strategy, BLOCKS);
    int before = guest.sim.history().size();
    guest.plug();

    isRefused(guest.lastReport(), "`block drop in on hn0 proto icmp all`");
    assertThat(guest.changesSince(before)).isEmpty();
    assertThat(guest.silent(ADDRESSES)).isEmpty();
  }

  @Test
  void oneThatIsUpGoesDownAndThatIsTheOnlyChange() throws HnvfException {
    Guest guest = guest(Strategy.ON_VF_UP, BLOCKS);
    guest.sim.host().plug(Guest.UNIT);
    guest.type("ifconfig", "mlxen0", "up");
    guest.sim.drainEvents();
    int before = guest.sim.history().size();

    isRefused(guest.orchestrator.vfUp(Guest.HN), "`block drop in on hn0 proto icmp all`");

    assertThat(guest.changesSince(before)).containsExactly("ifconfig mlxen0 down");
    assertThat(guest.silent(ADDRESSES)).isEmpty();
  }

  @Test
  void aPlanShowsTheRulesAndWhatMendsThem() throws HnvfException {
    Guest guest = guest(Strategy.ON_VF_UP, BLOCKS);
    guest.sim.host().plug(Guest.UNIT);
    Planned planned = guest.orchestrator.planned(Guest.HN, Intent.USE_LAGG);
    assertThat(planned.plan()).isEmpty();
    assertThat(planned.refusal().orElseThrow()).contains("`block drop in on hn0 proto icmp all`");
    assertThat(planned.refusal().orElseThrow()).contains("`ifconfig hn0 group ext`");
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void rulesWithATwinLetItMoveAndTheyAreAskedOnceInTheDelay(Strategy strategy) throws Exception {
    Guest guest = guest(strategy, TWINS);
    Report delayed = guest.orchestrator.attach(plugged(guest));
    int before = guest.sim.history().size();
    assertThat(guest.orchestrator.patiently(delayed, Trigger.IFATTACH).exitStatus()).isEqualTo(0);

    assertThat(questionsSince(guest, 0))
        .containsExactly("pfctl -si", "pfctl -a '*' -sr", "pfctl -a '*' -sn", "pfctl -vsI")
        .inOrder();
    assertThat(questionsSince(guest, before)).isEmpty();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
  }

  @Test
  void withoutAFirewallAVfThatIsUpCostsNoQuestion() throws HnvfException {
    Guest guest = Guest.of(Scenario.staticGuest());
    guest.sim.host().plug(Guest.UNIT);
    guest.type("ifconfig", "mlxen0", "up");
    guest.sim.drainEvents();
    assertThat(guest.orchestrator.vfUp(Guest.HN).exitStatus()).isEqualTo(0);
    assertThat(questionsSince(guest, 0)).isEmpty();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
  }

  @Test
  void oneThatIsDisabledIsNoFirewall() throws HnvfException {
    Guest guest = guest(Strategy.ON_VF_UP, BLOCKS);
    guest.sim.packetFilters().enablePf(false);
    guest.sim.host().plug(Guest.UNIT);
    assertThat(guest.orchestrator.vfUp(Guest.HN).exitStatus()).isEqualTo(0);
    assertThat(questionsSince(guest, 0)).containsExactly("pfctl -si");
  }

  @Test
  void aQuestionThatFailsIsARefusal() throws HnvfException {
    for (String question : ImmutableList.of("-si", "-sr", "-sn", "-vsI")) {
      Guest guest = guest(Strategy.ON_VF_UP, NONE);
      guest.sim.host().plug(Guest.UNIT);
      guest
          .sim
          .faults()
          .failNext(
              CommandPattern.line("pfctl .*" + question), 1, "pfctl: DIOCGETRULES: Device busy\n");
      int before = guest.sim.history().size();
      isRefused(guest.orchestrator.vfUp(Guest.HN), "DIOCGETRULES: Device busy");
      assertThat(guest.changesSince(before)).isEmpty();
    }
  }

  @Test
  void ipfwThatNamesItIsRefused() throws HnvfException {
    Guest guest = Guest.of(Scenario.staticGuest());
    guest
        .sim
        .packetFilters()
        .ipfw(ImmutableList.of("00100 allow ip from any to any via hn*"), NONE, NONE);
    guest.sim.host().plug(Guest.UNIT);
    int before = guest.sim.history().size();
    isRefused(guest.orchestrator.vfUp(Guest.HN), "`00100 allow ip from any to any via hn*`");
    assertThat(guest.changesSince(before)).isEmpty();
  }

  @Test
  void ipfwWithoutAnInterfaceLetsItMoveAlsoWithoutItsNat() throws HnvfException {
    Guest guest = Guest.of(Scenario.staticGuest());
    guest
        .sim
        .packetFilters()
        .ipfw(ImmutableList.of("65535 allow ip from any to any // [web] behind hn0"), NONE, NONE);
    guest.sim.host().plug(Guest.UNIT);
    int before = guest.sim.history().size();
    assertThat(guest.orchestrator.vfUp(Guest.HN).exitStatus()).isEqualTo(0);
    assertThat(questionsSince(guest, before)).contains("ipfw list");
    // Without ipfw_nat the kernel logs each such question.
    assertThat(questionsSince(guest, before)).doesNotContain("ipfw nat show config");
  }

  @Test
  void anInstanceOfNatThatARuleUsesIsRefused() throws HnvfException {
    Guest guest = Guest.of(Scenario.staticGuest());
    guest
        .sim
        .packetFilters()
        .ipfw(
            ImmutableList.of("00100 nat 1 ip from any to any"),
            ImmutableList.of("ipfw nat 1 config if hn0"),
            NONE);
    guest.sim.host().plug(Guest.UNIT);
    int before = guest.sim.history().size();
    isRefused(guest.orchestrator.vfUp(Guest.HN), "`ipfw nat 1 config if hn0`");
    assertThat(guest.changesSince(before)).isEmpty();
  }

  @Test
  void ipfThatRunsIsRefused() throws HnvfException {
    Guest guest = Guest.of(Scenario.staticGuest());
    guest.sim.packetFilters().ipf();
    guest.sim.host().plug(Guest.UNIT);
    int before = guest.sim.history().size();
    isRefused(guest.orchestrator.vfUp(Guest.HN), "ipf(4) is running");
    assertThat(guest.changesSince(before)).isEmpty();
  }

  @Test
  void theAdministratorMayHaveItIgnored() throws HnvfException {
    Guest guest = guest(Strategy.ON_VF_UP, BLOCKS);
    Settings d = Settings.DEFAULTS;
    Orchestrator ignoring =
        Wiring.orchestrator(
            new Machine(guest.sim, guest.files, guest.sim.timer(), guest.sim.root()),
            d.moving(
                new MovePolicy(
                    d.moving().move(),
                    d.moving().namesHn(),
                    d.moving().leaveOff(),
                    FirewallUse.IGNORE)),
            OwnerPolicy.ANYBODY,
            Progress.NONE);
    guest.sim.host().plug(Guest.UNIT);
    assertThat(ignoring.vfUp(Guest.HN).exitStatus()).isEqualTo(0);
    assertThat(questionsSince(guest, 0)).isEmpty();
  }

  @Test
  void oneThatIsLoadedAfterwardsIsShown() throws HnvfException {
    Guest guest = Guest.of(Scenario.staticGuest());
    guest.sim.host().plug(Guest.UNIT);
    assertThat(guest.orchestrator.vfUp(Guest.HN).exitStatus()).isEqualTo(0);
    assertThat(guest.pair().reasons()).isEmpty();
    guest.sim.packetFilters().pf(BLOCKS, NONE, NONE);
    assertThat(guest.pair().reasons()).hasSize(1);
    assertThat(guest.pair().reasons().get(0)).contains("has no rules for the lagg");
    assertThat(guest.pair().reasons().get(0)).contains("`block drop in on hn0 proto icmp all`");
    guest.sim.packetFilters().pf(TWINS, NONE, NONE);
    assertThat(guest.pair().reasons()).isEmpty();
  }
}

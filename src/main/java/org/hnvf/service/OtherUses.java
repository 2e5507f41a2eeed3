package org.hnvf.service;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.hnvf.exec.Timer;
import org.hnvf.freebsd.Bridge;
import org.hnvf.guest.FirewallReader;
import org.hnvf.guest.OtherUseReader;
import org.hnvf.model.BridgeMembership;
import org.hnvf.model.Configuration;
import org.hnvf.model.Dependent;
import org.hnvf.model.FirewallAnswer;
import org.hnvf.model.FirewallUse;
import org.hnvf.model.Firewalls;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.HnUnit;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.MovePolicy;
import org.hnvf.model.OtherUse;
import org.hnvf.pairconfig.Dependents;
import org.hnvf.pairconfig.FirewallJudge;
import org.hnvf.plan.Planner;

/**
 * The other users of the hn of each pair. The further commands run when a VF's delay begins, and
 * their answers hold for the bring-up after it. Without a delay they run before the VF is brought
 * up. If a VF is already up, the guest is cut off until they end: two processes, and those of a
 * packet filter in the kernel. The VF is not taken down for that time, because it would have to
 * come up again with its link, which takes longer.
 */
final class OtherUses {

  /** How long the answers hold after the end of the delay. */
  private static final Duration GRACE = Duration.ofMinutes(5);

  private final OtherUseReader reader;
  private final FirewallReader firewalls;
  private final MovePolicy policy;
  private final Timer timer;
  private final Map<HnUnit, Kept> kept = new ConcurrentHashMap<>();

  /** The answers that the imminent move uses. */
  private final Map<HnUnit, OtherUse> used = new ConcurrentHashMap<>();

  private record Kept(OtherUse use, Instant until) {}

  OtherUses(OtherUseReader reader, FirewallReader firewalls, MovePolicy policy, Timer timer) {
    this.timer = timer;
    this.reader = reader;
    this.firewalls = firewalls;
    this.policy = policy;
  }

  MovePolicy policy() {
    return policy;
  }

  /** Returns all of them from new answers, which are kept for the bring-up. */
  ImmutableList<Dependent> prepared(Look look, GuestConfig rc) {
    OtherUse use = asked(look);
    Instant until = timer.now().plus(rc.vfDelay()).plus(GRACE);
    kept.put(look.pair().unit(), new Kept(use, until));
    return of(look, rc, use);
  }

  /** Deletes the answers after a refusal: the next bring-up asks again. */
  void forget(HnUnit unit) {
    kept.remove(unit);
  }

  /** Returns those that the snapshot shows, without further commands. */
  ImmutableList<Dependent> seen(Look look, GuestConfig rc) {
    return of(look, rc, OtherUse.NONE);
  }

  /** Returns all of them for display. */
  ImmutableList<Dependent> shown(Look look, GuestConfig rc) {
    return of(look, rc, asked(look));
  }

  /**
   * The answers.
   *
   * @param dependents all of them
   * @param anew whether the operator has not been told of them yet
   */
  record Asked(ImmutableList<Dependent> dependents, boolean anew) {}

  /** Returns all of them before the first step of a move; kept answers are used once. */
  Asked beforeMove(Look look, GuestConfig rc) {
    Optional<OtherUse> prepared =
        Optional.ofNullable(kept.remove(look.pair().unit()))
            .filter(answer -> timer.now().isBefore(answer.until()))
            .map(Kept::use);
    boolean moves = look.pair().lagg().isEmpty();
    boolean cutOff = look.assessment().isCutOff(look.guest());
    OtherUse use =
        prepared.isPresent() ? prepared.get() : moves ? asked(look, cutOff) : OtherUse.NONE;
    used.put(look.pair().unit(), use);
    return new Asked(of(look, rc, use), moves && prepared.isEmpty());
  }

  private OtherUse asked(Look look) {
    return asked(look, false);
  }

  /** Runs all commands, with short time limits while the guest is cut off. */
  private OtherUse asked(Look look, boolean hurried) {
    InterfaceName hn = look.pair().hn();
    boolean moves = policy.moves(MovePolicy.Movable.BRIDGE) && look.pair().lagg().isEmpty();
    OtherUse use =
        reader.of(
            hn,
            moves
                ? look.guest().interfaces().values().stream()
                    .filter(one -> Bridge.has(one, hn.value()))
                    .flatMap(one -> InterfaceName.of(one.name()).stream())
                    .collect(ImmutableList.toImmutableList())
                : ImmutableList.of());
    return use.with(firewall(look, hurried));
  }

  /**
   * Returns the configuration with the static entries of the bridges. They are read here if they
   * were not read before; if they cannot be read, the known ones are kept.
   */
  Configuration complete(Look look, Configuration conf) {
    OtherUse use = Optional.ofNullable(used.remove(look.pair().unit())).orElse(OtherUse.NONE);
    return conf.bridges().isEmpty()
        ? conf
        : conf.toBuilder()
            .bridges(
                conf.bridges().stream()
                    .map(how -> how.entries().isEmpty() ? how.with(entries(look, how, use)) : how)
                    .collect(ImmutableList.toImmutableList()))
            .build();
  }

  private ImmutableList<String> entries(Look look, BridgeMembership how, OtherUse use) {
    return Optional.ofNullable(use.bridgeEntries().get(how.bridge().value()))
        .or(() -> reader.entries(how.bridge(), look.pair().lagg().orElse(look.pair().hn())))
        .orElse(ImmutableList.of());
  }

  /**
   * Returns the notes on a pair whose configuration has moved: a packet filter may have been loaded
   * afterwards. It runs no process if the kernel has no packet filter.
   */
  ImmutableList<String> firewallAfterwards(Look look) {
    Optional<InterfaceName> lagg = look.pair().lagg();
    if (lagg.isEmpty() || look.guest().firewalls().equals(Firewalls.NONE)) {
      return ImmutableList.of();
    }
    return FirewallJudge.of(look.guest(), look.pair().hn(), lagg.get(), firewall(look, true))
        .stream()
        .filter(one -> one.verdict() == Dependent.Verdict.REFUSE)
        .map(one -> "the firewall has no rules for the lagg: " + one.text())
        .collect(ImmutableList.toImmutableList());
  }

  private FirewallAnswer firewall(Look look, boolean hurried) {
    return policy.firewall() == FirewallUse.ASK
        ? firewalls.ask(look.guest().firewalls(), hurried)
        : FirewallAnswer.NONE;
  }

  private ImmutableList<Dependent> of(Look look, GuestConfig rc, OtherUse use) {
    InterfaceName lagg =
        look.pair().lagg().orElseGet(() -> Planner.freeLagg(look.guest(), look.pair(), rc));
    OtherUse all =
        use.withDhclientConf(
            reader.blocks(rc.dhclientFlags(), look.pair().hn()),
            reader.confFault(rc.dhclientFlags()));
    return Dependents.of(look.guest(), look.pair(), lagg, rc, all, policy);
  }
}

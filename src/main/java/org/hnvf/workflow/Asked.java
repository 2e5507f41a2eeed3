package org.hnvf.workflow;

import com.google.common.collect.ImmutableList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hnvf.guest.Traffic;
import org.hnvf.guest.Traffic.Answer;
import org.hnvf.model.Action;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.ProbeTarget;

/**
 * The hosts on the network of a pair that are asked twice: before the VF is up, over hn, and
 * afterwards through the VF. One that did not answer before says nothing about the VF.
 */
final class Asked {

  /** The number of questions, if one host is asked; each takes two seconds without an answer. */
  private static final int TRIES = 2;

  /** The number of neighbours that are asked through the VF. */
  private static final int NEIGHBOURS = 2;

  /** The number of neighbours that are asked beforehand: some of them may be off. */
  private static final int CANDIDATES = 4;

  private final Traffic traffic;
  private final Map<String, Answer> seen = new HashMap<>();
  private final Set<ProbeTarget> neighbours = new LinkedHashSet<>();

  Asked(Traffic traffic) {
    this.traffic = traffic;
  }

  /** Records whether the gateway answers over the interface that carries the traffic now. */
  void see(Action.SeeGateway see) {
    seen.put(see.gateway().host(), traffic.isThere(see.gateway(), see.filtered()));
  }

  /**
   * Records neighbours that answer over the interface that carries the traffic now. An entry of the
   * kernel's tables is up to twenty minutes old, so each one is asked anew.
   */
  void see(Action.SeeNeighbours see) {
    for (ProbeTarget one : traffic.neighbours(see.holder()).stream().limit(CANDIDATES).toList()) {
      if (neighbours.size() < NEIGHBOURS && traffic.answersAnew(one) == Answer.YES) {
        neighbours.add(one);
      }
    }
  }

  /**
   * The result of asking through the VF.
   *
   * @param fault the fault of the VF
   * @param note why nothing can be said of it
   */
  record Result(Optional<String> fault, Optional<String> note) {

    private static final Result PASSES = new Result(Optional.empty(), Optional.empty());

    private static Result fault(String text) {
      return new Result(Optional.of(text), Optional.empty());
    }

    private static Result note(String text) {
      return new Result(Optional.empty(), Optional.of(text));
    }
  }

  /** Asks again, now through the VF: one answer of the pair's own network is enough. */
  Result through(Action.AwaitTraffic await) {
    // The gateway of a VLAN counts only if it is known to have answered.
    ImmutableList<ProbeTarget> ofVlans =
        await.ofVlans().stream()
            .filter(gateway -> seen.get(gateway.host()) == Answer.YES)
            .collect(ImmutableList.toImmutableList());
    Result own = await.gateways().isEmpty() ? neighbours(await) : gateways(await);
    for (ProbeTarget gateway : ofVlans) {
      if (own.fault().isEmpty() && ask(ImmutableList.of(gateway)) != Answer.YES) {
        return Result.fault(silent(gateway, await.vf()));
      }
    }
    return own.fault().isEmpty() && !ofVlans.isEmpty() ? Result.PASSES : own;
  }

  private Result gateways(Action.AwaitTraffic await) {
    ImmutableList<ProbeTarget> hosts =
        await.gateways().stream()
            .filter(gateway -> seen.getOrDefault(gateway.host(), Answer.YES) == Answer.YES)
            .collect(ImmutableList.toImmutableList());
    if (hosts.isEmpty()) {
      ProbeTarget first = await.gateways().get(0);
      return Result.note(
          seen.get(first.host()) == Answer.NOT_SENT
              ? filtered(first, await.vf())
              : silentBefore(first, await.vf()));
    }
    Answer answer = ask(hosts);
    ProbeTarget first = hosts.get(0);
    if (answer == Answer.YES) {
      return Result.PASSES;
    }
    return answer == Answer.NOT_SENT && !seen.containsKey(first.host())
        ? Result.note(filtered(first, await.vf()))
        : Result.fault(silent(first, await.vf()));
  }

  /** The fault names no neighbour, because it may be another one the next time. */
  private Result neighbours(Action.AwaitTraffic await) {
    if (!await.neighbours()) {
      return Result.PASSES;
    }
    if (neighbours.isEmpty()) {
      return Result.note(Action.AwaitTraffic.noHostToAsk(await.vf()));
    }
    ImmutableList<ProbeTarget> hosts =
        neighbours.stream()
            .map(one -> one.on(await.lagg()))
            .collect(ImmutableList.toImmutableList());
    return ask(hosts) == Answer.YES
        ? Result.PASSES
        : Result.fault("no neighbour that answered before answers through " + await.vf());
  }

  /** Asks each host, and the first ones again, until one answers; returns the last answer. */
  private Answer ask(ImmutableList<ProbeTarget> hosts) {
    Answer answer = Answer.NO;
    for (int i = 0; i < Math.max(TRIES, hosts.size()) && answer != Answer.YES; i++) {
      answer = traffic.answersAnew(hosts.get(i % hosts.size()));
    }
    return answer;
  }

  private static String silent(ProbeTarget gateway, InterfaceName vf) {
    return "the gateway " + gateway + " does not answer through " + vf;
  }

  private static String silentBefore(ProbeTarget gateway, InterfaceName vf) {
    return "the gateway "
        + gateway
        + " did not answer before: hnvf does not see whether traffic passes through "
        + vf;
  }

  private static String filtered(ProbeTarget gateway, InterfaceName vf) {
    return "a packet filter of the guest lets no ping(8) out to the gateway "
        + gateway
        + ": hnvf does not see whether traffic passes through "
        + vf;
  }
}

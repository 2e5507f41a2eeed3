package org.hnvf.model;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.Optional;

/**
 * The state of a pair and the administrator's request for it: a line of {@code hnvf status}.
 *
 * @param pair the pair
 * @param state its state
 * @param reasons the reasons for INCONSISTENT, or other warnings
 * @param activePort the interface that carries the traffic
 * @param receivingVf the VF to which the host sends ({@code dev.hn.N.rxvf})
 * @param addresses the addresses of hn or lagg, depending on which one holds the configuration
 * @param defaultRoute the IPv4 gateway and its interface
 * @param vlans the VLANs whose parent is hn or the lagg
 * @param users the bridges that have hn or the lagg as a member, its CARP virtual hosts, and its
 *     interface groups
 * @param dhcp the interfaces of the pair that a DHCP client serves
 * @param word the administrator's last request
 * @param backOff the back-off after a failure; it applies under AUTO
 * @param delayEnds when the VF's delay ends, while it runs
 * @param tryIsDue whether the pause of the back-off is over
 * @param underWay the workflow that runs now
 */
public record PairStatus(
    Pair pair,
    PairState state,
    ImmutableList<String> reasons,
    Optional<InterfaceName> activePort,
    Optional<String> receivingVf,
    ImmutableList<String> addresses,
    Optional<String> defaultRoute,
    ImmutableList<String> vlans,
    ImmutableList<String> users,
    ImmutableList<String> dhcp,
    OperatorWord word,
    Optional<BackOff> backOff,
    Optional<Instant> delayEnds,
    boolean tryIsDue,
    Optional<UnderWay> underWay) {

  /**
   * Returns a copy with only the times that are after {@code now}. The end of the delay is dropped
   * if the operator's word or a back-off keeps the VF down.
   */
  public PairStatus at(Instant now) {
    boolean waits = held().filter(held -> held.isPausing(now)).isPresent();
    return with(
        reasons,
        delayEnds.filter(end -> end.isAfter(now) && word instanceof OperatorWord.Auto && !waits),
        backOff.filter(stored -> !stored.isPausing(now)).isPresent(),
        underWay);
  }

  /** Returns a copy with this running workflow. */
  public PairStatus during(Optional<UnderWay> now) {
    return with(reasons, delayEnds, tryIsDue, now);
  }

  /** Returns a copy with these additional warnings. */
  public PairStatus noting(ImmutableList<String> odd) {
    return with(
        ImmutableList.<String>builder().addAll(reasons).addAll(odd).build(),
        delayEnds,
        tryIsDue,
        underWay);
  }

  private PairStatus with(
      ImmutableList<String> what, Optional<Instant> end, boolean due, Optional<UnderWay> work) {
    return new PairStatus(
        pair,
        state,
        what,
        activePort,
        receivingVf,
        addresses,
        defaultRoute,
        vlans,
        users,
        dhcp,
        word,
        backOff,
        end,
        due,
        work);
  }

  /** Returns the back-off if it applies. */
  public Optional<BackOff> held() {
    return word.effectiveBackOff(backOff);
  }
}

package org.hnvf.model;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.Optional;

/**
 * A pair as it is and as the operator wants it: a line of {@code hnvf status}.
 *
 * @param pair the pair
 * @param state its state
 * @param reasons why it is INCONSISTENT, or what else is odd
 * @param activePort the interface that carries the traffic
 * @param receivingVf the VF to which the host sends, as {@code dev.hn.N.rxvf} names it
 * @param addresses the addresses of whichever of hn and lagg holds the configuration
 * @param defaultRoute the IPv4 gateway and its interface
 * @param vlans the VLANs whose parent is hn or the lagg
 * @param dhcp the interfaces of the pair that a DHCP client serves
 * @param word what the operator said of it
 * @param backOff what keeps hnvf from trying again, where something failed; it counts under AUTO
 * @param delayEnds when the VF's delay ends, while it runs
 * @param tryIsDue whether the time of the back-off is over
 * @param underWay what is being done about it now
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
    ImmutableList<String> dhcp,
    OperatorWord word,
    Optional<BackOff> backOff,
    Optional<Instant> delayEnds,
    boolean tryIsDue,
    Optional<UnderWay> underWay) {

  /**
   * The same at this moment: of times, only those that are still to come. A VF is brought up when
   * its delay is over only where neither the operator nor a back-off is against it.
   */
  public PairStatus at(Instant now) {
    boolean waits = held().filter(held -> held.waits(now)).isPresent();
    return with(
        reasons,
        delayEnds.filter(end -> end.isAfter(now) && word instanceof OperatorWord.Auto && !waits),
        backOff.filter(stored -> !stored.waits(now)).isPresent(),
        underWay);
  }

  /** The same pair, about which this is being done. */
  public PairStatus during(Optional<UnderWay> now) {
    return with(reasons, delayEnds, tryIsDue, now);
  }

  /** The same, of which this is odd too. */
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
        dhcp,
        word,
        backOff,
        end,
        due,
        work);
  }

  /** The back-off where it counts. */
  public Optional<BackOff> held() {
    return word.counting(backOff);
  }
}

package org.hnvf.service;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.HnvfException;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Strategy;
import org.hnvf.state.Fingerprint;
import org.hnvf.state.Tries;

/** What a pair is now, as far as a try depends on it. */
final class Fingerprints {

  private final PairConfigSource configs;
  private final OverrideWork overrides;
  private final Strategy strategy;

  Fingerprints(PairConfigSource configs, OverrideWork overrides, Strategy strategy) {
    this.configs = configs;
    this.overrides = overrides;
    this.strategy = strategy;
  }

  /** The pair of this look. Where rc.conf cannot be read the fingerprint is unknown. */
  Tries.Now now(Look look, Instant time) {
    return new Tries.Now(of(look), look.pair().vf(), look.guest().bootTime(), time);
  }

  /** A VF may have one MTU and not another. */
  private static String mtu(Look look) {
    return "mtu "
        + look.guest()
            .find(look.pair().lagg().orElse(look.pair().hn()))
            .map(NetInterface::mtu)
            .orElse(0);
  }

  private String of(Look look) {
    try {
      GuestConfig rc = configs.rc(look.pair().hn());
      return Fingerprint.of(
          look.pair(),
          rc,
          configs.known(look, rc),
          ImmutableList.of(
              strategy.toString(),
              mtu(look),
              configs.othersSeen(look, rc),
              overrides.text(look.pair().hn())));
    } catch (HnvfException e) {
      return Fingerprint.UNKNOWN;
    }
  }
}

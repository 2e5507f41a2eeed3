package org.hnvf.service;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import org.hnvf.model.Configuration;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.HnvfException;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Strategy;
import org.hnvf.state.Fingerprint;
import org.hnvf.state.Tries;

/** Computes the fingerprint of a pair: the values on which a try depends. */
final class Fingerprints {

  private final PairConfigSource configs;
  private final OverrideWork overrides;
  private final Strategy strategy;

  Fingerprints(PairConfigSource configs, OverrideWork overrides, Strategy strategy) {
    this.configs = configs;
    this.overrides = overrides;
    this.strategy = strategy;
  }

  /**
   * Returns the pair of this reconciliation. If rc.conf cannot be read, the fingerprint is unknown.
   */
  Tries.Now now(Look look, Instant time) {
    return new Tries.Now(of(look), look.pair().vf(), look.guest().bootTime(), time);
  }

  /**
   * Returns the pair of this reconciliation with the configuration that a try used. After an
   * interrupted workflow a part of it is missing on the guest.
   */
  Tries.Now now(Look look, Configuration tried, Instant time) {
    return new Tries.Now(of(look, tried), look.pair().vf(), look.guest().bootTime(), time);
  }

  /** Returns the MTU: a VF may support one MTU and not another. */
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
      return of(look, rc, configs.known(look, rc));
    } catch (HnvfException e) {
      return Fingerprint.UNKNOWN;
    }
  }

  private String of(Look look, Configuration tried) {
    try {
      return of(look, configs.rc(look.pair().hn()), tried);
    } catch (HnvfException e) {
      return Fingerprint.UNKNOWN;
    }
  }

  private String of(Look look, GuestConfig rc, Configuration configuration) throws HnvfException {
    return Fingerprint.of(
        look.pair(),
        rc,
        configuration,
        ImmutableList.of(
            strategy.toString(),
            mtu(look),
            configs.othersSeen(look, rc),
            overrides.text(look.pair().hn())));
  }
}

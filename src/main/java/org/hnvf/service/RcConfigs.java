package org.hnvf.service;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.Optional;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceConfig;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;
import org.hnvf.rcconf.EvaluatedRcConf;

/** What rc.conf says of a pair. */
final class RcConfigs {

  private final Source source;

  RcConfigs(Source source) {
    this.source = source;
  }

  /** Where an evaluated rc.conf comes from. */
  @FunctionalInterface
  interface Source {
    EvaluatedRcConf evaluate() throws UserException, SystemException;
  }

  GuestConfig of(InterfaceName hn) throws HnvfException {
    return source.evaluate().guestConfig(hn);
  }

  /**
   * For an rc.conf that cannot be evaluated: nothing is known but what is live. Enough to take a VF
   * down or to bring everything back to hn.
   */
  static GuestConfig liveOnly(InterfaceName hn) {
    return new GuestConfig(
        new InterfaceConfig(
            hn,
            false,
            false,
            true,
            false,
            Optional.empty(),
            ImmutableList.of(),
            ImmutableList.of()),
        Optional.empty(),
        Optional.empty(),
        ImmutableList.of(),
        "/sbin/dhclient",
        ImmutableList.of(),
        Duration.ofSeconds(2),
        ImmutableList.of(),
        ImmutableList.of());
  }
}

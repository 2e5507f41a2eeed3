package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.Optional;
import org.hnvf.model.HnvfException;
import org.hnvf.model.PairState;

/**
 * A guest through attach, revoke, return, failover, failback, release. The output of {@code
 * ifconfig} and {@code netstat -rn} at the end is that from before.
 */
final class ThereAndBack {

  private static final Duration SETTLED = Duration.ofSeconds(5);

  private final Guest guest;
  private final ImmutableList<String> fibs;
  private final String before;

  private ThereAndBack(Guest guest, ImmutableList<String> fibs)
      throws HnvfException, InterruptedException {
    this.guest = guest;
    this.fibs = fibs;
    guest.rest(SETTLED);
    this.before = shown();
  }

  /** Of a guest that is as it should be in the end; the routing tables of these FIBs besides. */
  static ThereAndBack of(Guest guest, String... fibs) throws HnvfException, InterruptedException {
    return new ThereAndBack(guest, ImmutableList.copyOf(fibs));
  }

  private String shown() {
    StringBuilder all = new StringBuilder();
    all.append(linkLocalFirst(guest.type("ifconfig").stdout()));
    all.append(guest.type("netstat", "-rn").stdout());
    fibs.forEach(fib -> all.append(guest.type("netstat", "-rn", "-F", fib).stdout()));
    return all.toString();
  }

  /** Which of its IPv6 addresses an interface got first is nothing that an administrator set. */
  private static String linkLocalFirst(String ifconfig) {
    return ifconfig
        .replaceAll(" pltime \\d+ vltime \\d+", "")
        .replaceAll("((?:\\tinet6 (?!fe80).*\\n)+)(\\tinet6 fe80.*\\n)", "$2$1");
  }

  /** A check each time that lagg0 holds the configuration. */
  interface OnLagg {
    /** Asserts what there is to assert. */
    void look() throws HnvfException;
  }

  void go(OnLagg onLagg) throws HnvfException, InterruptedException {
    guest.plug();
    is(PairState.LAGG_VF, onLagg);
    guest.unplug();
    is(PairState.LAGG_SYNTHETIC, onLagg);
    guest.plug("mce");
    is(PairState.LAGG_VF, onLagg);
    guest.orchestrator.failover(Guest.HN, Optional.empty());
    is(PairState.LAGG_SYNTHETIC, onLagg);
    guest.orchestrator.failback(Guest.HN);
    is(PairState.LAGG_VF, onLagg);
    assertThat(guest.orchestrator.release(Guest.HN).exitStatus()).isEqualTo(0);
    guest.unplug();
    isAsBefore();
  }

  private void is(PairState state, OnLagg onLagg) throws HnvfException, InterruptedException {
    guest.rest(SETTLED);
    assertWithMessage("%s", guest.reports).that(guest.pairState()).isEqualTo(state);
    assertWithMessage("%s", guest.reports).that(guest.lastReport().exitStatus()).isEqualTo(0);
    onLagg.look();
  }

  void isAsBefore() throws InterruptedException {
    guest.rest(SETTLED);
    assertThat(shown()).isEqualTo(before);
  }
}

package org.hnvf.lab.compare;

import com.google.common.collect.ImmutableList;
import java.time.Duration;

/**
 * The goals of a bring-up on a guest with one NIC, started directly, and whether each is reached.
 */
final class Goals {

  /** The recorded times of the stock script, from transcript 53. */
  private static final Duration RECORDED_DHCP = Duration.ofMillis(1_420);

  private static final Duration RECORDED_STATIC = Duration.ofMillis(880);

  /** From hn's joining until the first address and the default route stand. */
  private static final int PROCESSES = 3;

  private final Comparison comparison;
  private final ImmutableList.Builder<Goal> goals = ImmutableList.builder();

  private Goals(Comparison comparison) {
    this.comparison = comparison;
  }

  static ImmutableList<Goal> of(Comparison comparison) {
    return new Goals(comparison).all();
  }

  private ImmutableList<Goal> all() {
    part(Contender.ON_VF_UP, Kind.DHCP, Kind.IPV4, 10);
    part(Contender.ON_VF_UP, Kind.STATIC, Kind.IPV4, 6);
    part(Contender.ON_VF_UP, Kind.STATIC, Kind.ALIAS, 6);
    part(Contender.ON_VF_UP, Kind.STATIC, Kind.IPV6, 6);
    part(Contender.BEFORE_VF_UP, Kind.DHCP, Kind.IPV4, 25);
    part(Contender.BEFORE_VF_UP, Kind.STATIC, Kind.IPV4, 10);
    part(Contender.BEFORE_VF_UP, Kind.STATIC, Kind.ALIAS, 10);
    part(Contender.BEFORE_VF_UP, Kind.STATIC, Kind.IPV6, 10);
    for (Contender contender : ImmutableList.of(Contender.ON_VF_UP, Contender.BEFORE_VF_UP)) {
      for (Kind kind : Kind.values()) {
        processes(contender, kind);
        without(contender, kind, Occasion.REVOKED);
        without(contender, kind, Occasion.BACK);
        release(contender, kind);
        for (String view : kind.viewNames()) {
          release(contender, kind, view);
        }
      }
    }
    return goals.build();
  }

  private Result result(Contender contender, Kind kind, Occasion occasion) {
    return comparison.find(contender, kind, 1, Start.DIRECTLY, occasion);
  }

  private static String name(Contender contender, Kind kind) {
    return contender.title() + ", " + kind.name();
  }

  /** The cut-off, as a part of that of the stock script; also of the recorded one. */
  private void part(Contender contender, Kind kind, String view, int divisor) {
    Cut stock = result(Contender.STOCK, kind, Occasion.BRING_UP).cut(view);
    Cut ours = result(contender, kind, Occasion.BRING_UP).cut(view);
    boolean reached =
        !ours.lost()
            && (stock.lost()
                || ours.longest().multipliedBy(divisor).compareTo(stock.longest()) <= 0);
    String is = Ratio.of(stock, ours);
    if (view.equals(Kind.IPV4)) {
      Duration recorded = kind == Kind.DHCP ? RECORDED_DHCP : RECORDED_STATIC;
      is += " (" + Ratio.of(recorded, ours.longest()) + " of the recorded)";
    }
    goals.add(
        new Goal(
            name(contender, kind) + ", " + view + ": cut off, as a part of stock's",
            "1/" + divisor,
            is,
            reached));
  }

  private void processes(Contender contender, Kind kind) {
    int is = result(contender, kind, Occasion.BRING_UP).processesInCut();
    goals.add(
        new Goal(
            name(contender, kind) + ": processes until address and default route stand",
            Integer.toString(PROCESSES),
            Integer.toString(is),
            is <= PROCESSES));
  }

  /** Measures a guest to which nothing was done: it is not cut off. */
  private void without(Contender contender, Kind kind, Occasion occasion) {
    Duration worst =
        result(contender, kind, occasion).cuts().stream()
            .map(Cut::total)
            .reduce(Duration.ZERO, (a, b) -> a.compareTo(b) >= 0 ? a : b);
    goals.add(
        new Goal(
            name(contender, kind) + ": cut off when the " + occasion.title(),
            "0 ms",
            worst.toMillis() + " ms",
            worst.isZero()));
  }

  private void release(Contender contender, Kind kind) {
    release(
        name(contender, kind) + ", the worst of all",
        result(contender, kind, Occasion.BRING_UP).worst(),
        result(contender, kind, Occasion.RELEASE).worst());
  }

  private void release(Contender contender, Kind kind, String view) {
    release(
        name(contender, kind) + ", " + view,
        result(contender, kind, Occasion.BRING_UP).cut(view),
        result(contender, kind, Occasion.RELEASE).cut(view));
  }

  private void release(String what, Cut there, Cut back) {
    goals.add(
        new Goal(
            what + ": release no longer than bring-up",
            there.longest().toMillis() + " ms",
            back.longest().toMillis() + " ms",
            !back.lost() && back.longest().compareTo(there.longest()) <= 0));
  }
}

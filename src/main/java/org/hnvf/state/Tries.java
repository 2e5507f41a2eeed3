package org.hnvf.state;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hnvf.model.BackOff;
import org.hnvf.model.BackOff.Kind;
import org.hnvf.model.BackOff.Tried;
import org.hnvf.model.InterfaceName;

/**
 * What the failed tries of a pair come to. What fails twice in the same way on the same
 * configuration fails for a cause that does not change by itself, and each try cuts the guest off:
 * it is not tried a third time until the configuration is another one.
 *
 * <p>Which configuration it was is kept with each try, so that one that is changed and changed back
 * again is not new.
 */
public final class Tries {

  /** As often as this the same thing may fail on the same configuration. */
  private static final int MOST = 2;

  /** How many are kept. */
  private static final int KEPT = 32;

  /** The cause of a try that was refused before it was begun; it is not counted. */
  private static final String REFUSED = "refused";

  private Tries() {}

  /** A pair as it is now, as far as a try depends on it. */
  public record Now(
      String fingerprint, Optional<InterfaceName> vf, Optional<Instant> boot, Instant time) {

    /** A try that fails now, for this cause. */
    public Tried failed(String cause) {
      return new Tried(time, vf, fingerprint, cause);
    }

    /** One that is refused now. */
    public Tried refused() {
      return failed(REFUSED);
    }
  }

  /** The back-off that one more failure leads to. */
  public static BackOff after(BackOff held, Tried failed) {
    List<Tried> all = new ArrayList<>(held.tries());
    if (isRefusal(failed)) {
      all.removeIf(Tries::isRefusal);
    }
    all.add(failed);
    ImmutableList<Tried> kept =
        ImmutableList.copyOf(all.subList(Math.max(0, all.size() - KEPT), all.size()));
    boolean known = !failed.fingerprint().equals(Fingerprint.UNKNOWN);
    boolean repeated = known && !isRefusal(failed) && count(kept, failed) >= MOST;
    return held.as(repeated ? Kind.BY_CAUSE : held.kind(), kept);
  }

  /**
   * The back-off of a pair that is as it is now. One by cause becomes a passing one where the
   * configuration is another: then only its pause counts. So it does, for one more try, where it
   * was the VF that failed and the host has given another one since: another piece of hardware, in
   * another host perhaps.
   */
  public static BackOff asOf(BackOff held, Now now) {
    ImmutableList<Tried> tries = withoutFormerVfs(held.tries(), now);
    BackOff current = held.as(held.kind(), tries);
    if (now.fingerprint().equals(Fingerprint.UNKNOWN)) {
      return current;
    }
    if (held.kind() == Kind.REFUSED) {
      boolean asked = tries.stream().anyMatch(t -> isRefusal(t) && isOf(t, now));
      return asked ? current : current.dueAt(now.time());
    }
    boolean repeated = tries.stream().anyMatch(t -> isOf(t, now) && isHeld(t, tries));
    if (repeated) {
      return current.as(Kind.BY_CAUSE, tries);
    }
    return held.kind() == Kind.BY_CAUSE && !tries.isEmpty()
        ? current.as(Kind.PASSING, tries)
        : current;
  }

  private static boolean isHeld(Tried tried, ImmutableList<Tried> tries) {
    return !isRefusal(tried) && count(tries, tried) >= MOST;
  }

  private static boolean isOf(Tried tried, Now now) {
    return tried.fingerprint().equals(now.fingerprint());
  }

  private static boolean isRefusal(Tried tried) {
    return tried.cause().equals(REFUSED);
  }

  private static long count(ImmutableList<Tried> tries, Tried like) {
    return tries.stream().filter(t -> isSame(t, like)).count();
  }

  private static boolean isSame(Tried one, Tried other) {
    return one.fingerprint().equals(other.fingerprint()) && one.cause().equals(other.cause());
  }

  /** Of what failed for the sake of VFs that are gone, one each is kept: there is one more try. */
  private static ImmutableList<Tried> withoutFormerVfs(ImmutableList<Tried> tries, Now now) {
    List<Tried> former = new ArrayList<>();
    return tries.stream()
        .filter(
            tried -> {
              if (!Cause.isOfVf(tried.cause()) || isOfThisVf(tried, now)) {
                return true;
              }
              boolean first = former.stream().noneMatch(t -> isSame(t, tried));
              former.add(tried);
              return first;
            })
        .collect(toImmutableList());
  }

  /** Booted since, the guest may run on another host. The clock may have been set meanwhile. */
  private static boolean isOfThisVf(Tried tried, Now now) {
    boolean booted = now.boot().filter(boot -> boot.isAfter(tried.at())).isPresent();
    return !booted && now.vf().isPresent() && tried.vf().equals(now.vf());
  }
}

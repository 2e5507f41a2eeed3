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
 * Derives the back-off from the failed tries of a pair. A fault that occurs twice in the same way
 * with the same configuration does not pass by itself, and each try cuts the guest off. So hnvf
 * does not try a third time until the configuration changes.
 *
 * <p>Each try is stored with its fingerprint, so a configuration that was changed and changed back
 * is recognised.
 */
public final class Tries {

  /** The number of equal failures with the same configuration after which hnvf stops trying. */
  private static final int MOST = 2;

  /** The number of tries that are stored. */
  private static final int KEPT = 32;

  /** The cause of a try that was refused before its first step; it is not counted. */
  private static final String REFUSED = "refused";

  private Tries() {}

  /** The current values on which a try depends. */
  public record Now(
      String fingerprint, Optional<InterfaceName> vf, Optional<Instant> boot, Instant time) {

    /**
     * Returns a try that fails now.
     *
     * @param cause the cause
     */
    public Tried failed(String cause) {
      return new Tried(time, vf, fingerprint, cause);
    }

    /** Returns a try that is refused now. */
    public Tried refused() {
      return failed(REFUSED);
    }
  }

  /** Returns the back-off after one more failure. */
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
   * Returns the back-off for the current configuration. A back-off by cause becomes a passing one
   * if the configuration has changed; then only its pause applies. The same holds for one more try
   * if the VF was the cause and the host has attached another VF since, which may be other hardware
   * in another host.
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

  /**
   * Keeps one of the equal failures of VFs that are no longer attached, which permits one more try.
   */
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

  /**
   * Returns whether the try concerns the current VF. After a reboot the guest may run on another
   * host; the clock may have been set in the meantime.
   */
  private static boolean isOfThisVf(Tried tried, Now now) {
    boolean booted = now.boot().filter(boot -> boot.isAfter(tried.at())).isPresent();
    return !booted && now.vf().isPresent() && tried.vf().equals(now.vf());
  }
}

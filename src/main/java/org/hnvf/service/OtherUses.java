package org.hnvf.service;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.hnvf.exec.Timer;
import org.hnvf.guest.OtherUseReader;
import org.hnvf.model.Dependent;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.HnUnit;
import org.hnvf.model.MovePolicy;
import org.hnvf.model.OtherUse;
import org.hnvf.pairconfig.Dependents;

/**
 * Who else uses the hn of each pair. What has to be asked besides is asked when a VF's delay
 * begins, and holds for the bring-up that follows it; without a delay it is asked before the VF is
 * brought up. Where a VF is up already nothing is asked: the guest is cut off, and each process
 * would make that longer.
 */
final class OtherUses {

  /** How long what was asked at the beginning of a delay holds after its end. */
  private static final Duration GRACE = Duration.ofMinutes(5);

  private final OtherUseReader reader;
  private final MovePolicy policy;
  private final Timer timer;
  private final Map<HnUnit, Kept> kept = new ConcurrentHashMap<>();

  private record Kept(OtherUse use, Instant until) {}

  OtherUses(OtherUseReader reader, MovePolicy policy, Timer timer) {
    this.timer = timer;
    this.reader = reader;
    this.policy = policy;
  }

  MovePolicy policy() {
    return policy;
  }

  /** All of them, asked anew, and kept for the bring-up. */
  ImmutableList<Dependent> prepared(Look look, GuestConfig rc) {
    OtherUse use = reader.of(look.pair().hn());
    Instant until = timer.now().plus(rc.vfDelay()).plus(GRACE);
    kept.put(look.pair().unit(), new Kept(use, until));
    return of(look, rc, use);
  }

  /** All of them, to be shown. */
  ImmutableList<Dependent> shown(Look look, GuestConfig rc) {
    return of(look, rc, reader.of(look.pair().hn()));
  }

  /**
   * The answers.
   *
   * @param dependents all of them
   * @param anew whether nobody was told of them yet
   */
  record Asked(ImmutableList<Dependent> dependents, boolean anew) {}

  /** All of them before the first step of a move; what was kept is used once. */
  Asked beforeMove(Look look, GuestConfig rc) {
    Optional<OtherUse> prepared =
        Optional.ofNullable(kept.remove(look.pair().unit()))
            .filter(answer -> timer.now().isBefore(answer.until()))
            .map(Kept::use);
    boolean moves = look.pair().lagg().isEmpty();
    boolean cutOff = look.assessment().isCutOff(look.guest());
    OtherUse use =
        prepared.isPresent()
            ? prepared.get()
            : moves && !cutOff ? reader.of(look.pair().hn()) : OtherUse.NONE;
    return new Asked(of(look, rc, use), moves && prepared.isEmpty());
  }

  private ImmutableList<Dependent> of(Look look, GuestConfig rc, OtherUse use) {
    return Dependents.of(look.guest(), look.pair(), rc, use, policy);
  }
}

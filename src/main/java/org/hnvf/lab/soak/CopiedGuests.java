package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.SplittableRandom;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.sim.RcConfShell;

/** Guests of which a share of the seeds draws a copy, instead of a guest of its own. */
public final class CopiedGuests {

  /** No copies: each seed draws a guest of its own. */
  public static final CopiedGuests NONE = new CopiedGuests("", ImmutableList.of());

  private static final int ONE_OF = 4;
  private static final long STREAM = 0x636f70696573L;

  private final String source;
  private final ImmutableList<Copy> copies;

  private CopiedGuests(String source, ImmutableList<Copy> copies) {
    this.source = source;
    this.copies = copies;
  }

  /**
   * These guests. A bring-up and a boot of each are played, to know what hnvf refuses.
   *
   * @param source the words of the soak's command that name them
   * @param shell evaluates the rc.conf of a guest that has no shell of its own
   */
  public static CopiedGuests of(
      String source, ImmutableList<? extends CopiedGuest> guests, RcConfShell shell)
      throws HnvfException {
    ImmutableList.Builder<Copy> copies = ImmutableList.builder();
    for (CopiedGuest guest : guests) {
      ImmutableList.Builder<CopyTrials> ofEach = ImmutableList.builder();
      for (int unit = 0; unit < guest.nics(); unit++) {
        ofEach.add(new CopyTrials(guest, new HnUnit(unit), shell));
      }
      copies.add(CopyTrials.drawn(ofEach.build()));
    }
    return new CopiedGuests(source, copies.build());
  }

  /** The words of the soak's command that name them; empty without copies. */
  String source() {
    return source;
  }

  /** The copy that a seed draws, if it draws one. A stream of its own decides. */
  Optional<Copy> drawn(long seed) {
    SplittableRandom random = new SplittableRandom(seed ^ STREAM).split();
    if (copies.isEmpty() || random.nextInt(ONE_OF) != 0) {
      return Optional.empty();
    }
    return Optional.of(copies.get(random.nextInt(copies.size())));
  }
}

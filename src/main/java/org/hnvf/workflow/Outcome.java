package org.hnvf.workflow;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.hnvf.model.GuestState;

/** What came of running a plan. */
public sealed interface Outcome {

  /** What the guest showed at the end; empty where it could not be read. */
  Optional<GuestState> guest();

  /** What went wrong, the first first; empty where nothing did. */
  ImmutableList<String> failures();

  /**
   * All is as expected.
   *
   * @param failures what failed on the way and was made good
   */
  record Done(Optional<GuestState> guest, ImmutableList<String> failures) implements Outcome {}

  /** Something failed; the guest is as it was before, with the VF down. */
  record RolledBack(ImmutableList<String> failures, Optional<GuestState> guest)
      implements Outcome {}

  /**
   * The host took the VF away in the middle of a bring-up, which could not go on; nothing failed,
   * and the guest is as it was before.
   *
   * @param failures what could not be done without the VF
   */
  record VfTaken(ImmutableList<String> failures, Optional<GuestState> guest) implements Outcome {}

  /**
   * The VF has shown that it cannot be used as the pair is configured, before anything was moved:
   * nothing failed, and the guest is as it was before, with the VF down.
   *
   * @param failures why, and what to do about it
   */
  record Refused(ImmutableList<String> failures, Optional<GuestState> guest) implements Outcome {}

  /** It was not begun, since nothing could be written down of it; nothing was changed. */
  record NotBegun(ImmutableList<String> failures) implements Outcome {
    @Override
    public Optional<GuestState> guest() {
      return Optional.empty();
    }
  }

  /**
   * Something failed, and not everything could be put in its place.
   *
   * @param missing what is not as it should be
   */
  record Incomplete(
      ImmutableList<String> failures, ImmutableList<String> missing, Optional<GuestState> guest)
      implements Outcome {}
}

package org.hnvf.workflow;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.hnvf.model.GuestState;

/** The result of running a plan. */
public sealed interface Outcome {

  /** Returns the snapshot at the end; empty if the guest could not be read. */
  Optional<GuestState> guest();

  /** Returns the failures in the order of their occurrence. */
  ImmutableList<String> failures();

  /** Returns the notes for the operator that are no failures. */
  default ImmutableList<String> notes() {
    return ImmutableList.of();
  }

  /** Returns a copy with these notes; an outcome that has reached no target keeps none. */
  default Outcome noting(ImmutableList<String> notes) {
    return this;
  }

  /**
   * The guest meets all expectations of the plan.
   *
   * @param failures the failures that were repaired, or on which no traffic depends
   * @param notes the reason why the traffic check could not say whether traffic passes
   */
  record Done(
      Optional<GuestState> guest, ImmutableList<String> failures, ImmutableList<String> notes)
      implements Outcome {

    /** Creates an outcome without notes. */
    public Done(Optional<GuestState> guest, ImmutableList<String> failures) {
      this(guest, failures, ImmutableList.of());
    }

    @Override
    public Outcome noting(ImmutableList<String> others) {
      return new Done(guest, failures, others);
    }
  }

  /** A step failed; the guest is in its previous state, with the VF down. */
  record RolledBack(ImmutableList<String> failures, Optional<GuestState> guest)
      implements Outcome {}

  /**
   * The host detached the VF during a bring-up, which could not continue; no step failed, and the
   * guest is in its previous state.
   *
   * @param failures the actions that failed because the VF was gone
   */
  record VfTaken(ImmutableList<String> failures, Optional<GuestState> guest) implements Outcome {}

  /**
   * The VF cannot be used with the pair's configuration, which was found before anything was moved.
   * No step failed; the guest is in its previous state, with the VF down.
   *
   * @param failures the reasons and remedies
   */
  record Refused(ImmutableList<String> failures, Optional<GuestState> guest) implements Outcome {}

  /**
   * The plan was not started, because its journal entry could not be written; nothing was changed.
   */
  record NotBegun(ImmutableList<String> failures) implements Outcome {
    @Override
    public Optional<GuestState> guest() {
      return Optional.empty();
    }
  }

  /**
   * A step failed, and the rollback and the rebuild did not restore everything.
   *
   * @param missing the expectations that are not met
   */
  record Incomplete(
      ImmutableList<String> failures, ImmutableList<String> missing, Optional<GuestState> guest)
      implements Outcome {}
}

package org.hnvf.doctor;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.hnvf.journal.Journal;
import org.hnvf.journal.PairStore;
import org.hnvf.model.GuestState;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.PairDependents;
import org.hnvf.model.PairStatus;
import org.hnvf.model.Settings;
import org.hnvf.override.OverrideScripts;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.rcconf.EvaluatedRcConf;
import org.hnvf.service.Machine;
import org.hnvf.service.Orchestrator;

/** Reads the facts of each pair. */
final class PairFactReader {

  private final Orchestrator orchestrator;
  private final PairStore store;
  private final Journal journal;
  private final OverrideScripts scripts;

  PairFactReader(Machine machine, OwnerPolicy owner, Orchestrator orchestrator) {
    this.orchestrator = orchestrator;
    this.store = new PairStore(machine.files(), machine.timer());
    this.journal = new Journal(machine.files(), machine.timer());
    this.scripts =
        new OverrideScripts(
            machine.root(),
            machine.prefix(),
            machine.runner(),
            owner,
            Settings.DEFAULTS.scriptTimeLimit());
  }

  ImmutableList<PairFacts> read(GuestState guest, Fact<EvaluatedRcConf> rc) throws HnvfException {
    ImmutableList.Builder<PairFacts> pairs = ImmutableList.builder();
    for (PairStatus status : orchestrator.status(guest, Optional.empty())) {
      HnUnit unit = status.pair().unit();
      InterfaceName hn = status.pair().hn();
      pairs.add(
          new PairFacts(
              status,
              store.lagg(unit),
              journal.read(unit),
              scripts.find(hn),
              Fact.of(() -> rc.get().guestConfig(hn)),
              Fact.of(() -> dependents(guest, hn, rc)),
              store.ups(unit)));
    }
    return pairs.build();
  }

  private PairDependents dependents(GuestState guest, InterfaceName hn, Fact<EvaluatedRcConf> rc)
      throws HnvfException, NotKnownException {
    // Without rc.conf they would be those of a guest that configures nothing.
    rc.get();
    if (guest.hyperV().isTransparent()) {
      return new PairDependents(hn, ImmutableList.of(), ImmutableList.of());
    }
    return orchestrator.dependents(guest, Optional.of(hn)).get(0);
  }
}

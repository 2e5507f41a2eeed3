package org.hnvf.doctor;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.journal.Journal;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.PairDependents;
import org.hnvf.model.PairStatus;
import org.hnvf.override.OverrideScript;

/**
 * The facts of one pair.
 *
 * @param status its status
 * @param made the lagg that hnvf created for it
 * @param journal its journal
 * @param script its override script
 * @param rc its configuration in rc.conf
 * @param dependents the other users of its hn
 * @param ups the last times when its VF came up
 */
record PairFacts(
    PairStatus status,
    Optional<InterfaceName> made,
    Journal.Found journal,
    Optional<OverrideScript> script,
    Fact<GuestConfig> rc,
    Fact<PairDependents> dependents,
    ImmutableList<Instant> ups) {

  InterfaceName hn() {
    return status.pair().hn();
  }
}

package org.hnvf.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hnvf.model.GuestState;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.PairDependents;
import org.hnvf.model.PairStatus;
import org.hnvf.report.DependentsView;
import org.hnvf.report.StatusView;
import org.hnvf.service.Orchestrator;

/**
 * The content of {@code status}, for a verb and for the daemon.
 *
 * @param guest the guest
 * @param pairs its pairs, or the requested one
 * @param left laggs that were created for an hn that is gone, a line each
 * @param dependents the other users of each hn, if requested
 */
record GuestStatus(
    GuestState guest,
    ImmutableList<PairStatus> pairs,
    ImmutableList<String> left,
    ImmutableList<PairDependents> dependents) {

  /** Returns the current status. */
  static GuestStatus of(Orchestrator orchestrator, Optional<InterfaceName> hn, boolean verbose)
      throws HnvfException {
    GuestState guest = orchestrator.guest();
    return new GuestStatus(
        guest,
        orchestrator.status(guest, hn),
        orchestrator.leftLaggs(guest),
        verbose ? orchestrator.dependents(guest, hn) : ImmutableList.of());
  }

  /** Returns the text. */
  String text() {
    StringBuilder text = new StringBuilder(StatusView.table(pairs));
    left.forEach(line -> text.append(line).append('\n'));
    return text.append(StatusView.footer(guest)).append(DependentsView.text(dependents)).toString();
  }

  /** Returns the data. */
  Map<String, Object> data() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("transparent", guest.hyperV().isTransparent());
    data.put("integrationDaemons", guest.integrationDaemons());
    data.put("pairs", StatusView.data(pairs));
    if (!left.isEmpty()) {
      data.put("left", left);
    }
    if (!dependents.isEmpty()) {
      Map<String, Object> users = new LinkedHashMap<>();
      for (PairDependents pair : dependents) {
        users.put(
            pair.hn().value(),
            ImmutableMap.of("dependents", DependentsView.data(pair), "warnings", pair.warnings()));
      }
      data.put("dependents", users);
    }
    return data;
  }
}

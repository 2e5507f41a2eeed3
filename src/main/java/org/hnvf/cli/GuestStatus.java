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
import org.hnvf.report.StatusContext;
import org.hnvf.report.StatusView;
import org.hnvf.report.Style;
import org.hnvf.service.Orchestrator;

/**
 * The content of {@code status}, for a verb and for the daemon.
 *
 * @param guest the guest
 * @param pairs its pairs, or the requested one, with their history
 * @param left laggs that were created for an hn that is gone, a line each
 * @param dependents the dependents of each hn, if requested
 */
record GuestStatus(
    GuestState guest,
    ImmutableList<Shown> pairs,
    ImmutableList<String> left,
    ImmutableList<PairDependents> dependents) {

  private static final int SCHEMA = 1;

  /** A pair and its history. */
  record Shown(PairStatus status, StatusContext context) {}

  /** Returns the current status. */
  static GuestStatus of(Orchestrator orchestrator, Optional<InterfaceName> hn, boolean verbose)
      throws HnvfException {
    GuestState guest = orchestrator.guest();
    return new GuestStatus(
        guest,
        shown(orchestrator, orchestrator.status(guest, hn)),
        orchestrator.leftLaggs(guest),
        verbose ? orchestrator.dependents(guest, hn) : ImmutableList.of());
  }

  private static ImmutableList<Shown> shown(
      Orchestrator orchestrator, ImmutableList<PairStatus> pairs) {
    ImmutableList.Builder<Shown> shown = ImmutableList.builder();
    for (PairStatus pair : pairs) {
      StatusContext context =
          new StatusContext(
              Optional.of(orchestrator.history(pair.pair().unit())),
              Optional.of(orchestrator.now()));
      shown.add(new Shown(pair, context));
    }
    return shown.build();
  }

  /** Returns the text. */
  String text(Style style) {
    StringBuilder text = new StringBuilder();
    if (pairs.isEmpty()) {
      text.append("no pair: this guest has no synthetic NIC (hn)\n");
    }
    pairs.forEach(pair -> text.append(StatusView.text(pair.status(), pair.context(), style)));
    left.forEach(line -> text.append(line).append('\n'));
    return text.append(StatusView.footer(guest)).append(DependentsView.text(dependents)).toString();
  }

  /** Returns the data. */
  Map<String, Object> data() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("schema", SCHEMA);
    data.put("transparent", guest.hyperV().isTransparent());
    data.put("integrationDaemons", guest.integrationDaemons());
    data.put(
        "pairs",
        pairs.stream()
            .map(pair -> StatusView.data(pair.status(), pair.context()))
            .collect(ImmutableList.toImmutableList()));
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

package org.hnvf.lab.rehearse;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hnvf.lab.rehearse.Rehearsal.Outcome;
import org.hnvf.lab.soak.FaultReport;
import org.hnvf.lab.soak.Played;
import org.hnvf.report.Table;

/** Shows a rehearsal as text and as data. */
public final class RehearsalView {

  private static final String TRANSPARENT =
      """
      the guest is in transparent mode: the kernel moves the traffic itself, and hnvf changes nothing;
      --non-transparent rehearses the other mode
      """;

  private RehearsalView() {}

  /** The rehearsal in words and tables. */
  public static String text(Outcome outcome) {
    Capture capture = outcome.capture();
    StringBuilder text =
        new StringBuilder(
            "hn"
                + outcome.unit()
                + " on a copy of the guest of "
                + capture.name()
                + ", "
                + capture.system()
                + ", captured at "
                + capture.created()
                + (capture.anonymised() ? ", anonymised\n" : "\n"));
    if (capture.isTransparent()) {
      text.append(TRANSPARENT);
    }
    faithfulness(text, outcome);
    if (!outcome.isFaithful()) {
      return text.append("the copy has another network configuration; nothing was rehearsed\n")
          .toString();
    }
    text.append('\n').append(occasions(outcome.played()));
    reasons(outcome.played())
        .forEach(reason -> text.append("refused: ").append(reason).append('\n'));
    text.append('\n').append(Cuts.text(outcome));
    Set<String> silent = new LinkedHashSet<>();
    outcome.played().forEach(each -> silent.addAll(each.silent()));
    if (!silent.isEmpty()) {
      text.append("not tried, because they do not answer on the copy: ")
          .append(String.join(", ", silent))
          .append('\n');
    }
    outcome.faults().ifPresent(faults -> text.append('\n').append(faults(faults)));
    outcome.stranded().ifPresent(shrunk -> text.append('\n').append(StrandingView.text(shrunk)));
    return text.toString();
  }

  private static void faithfulness(StringBuilder text, Outcome outcome) {
    int commands = outcome.capture().entries().size();
    long different = outcome.differences().stream().map(Difference::command).distinct().count();
    text.append(
        String.format(
            Locale.ROOT,
            "the copy answers %d of %d commands as the guest did\n",
            commands - different,
            commands));
    if (!outcome.leftOut().isEmpty()) {
      text.append("not in the copy: ").append(String.join(", ", outcome.leftOut())).append('\n');
    }
    for (Difference each : outcome.differences()) {
      text.append(each.decides() ? "DIFFERENT  " : "different  ")
          .append(each.command())
          .append(": ")
          .append(each.what())
          .append('\n');
      each.lines().forEach(line -> text.append("  ").append(line).append('\n'));
    }
  }

  private static Table occasions(ImmutableList<Played> played) {
    Table table = new Table("OCCASION", "STRATEGY", "ON", "MOVED", "STAYED", "VF", "LONGEST CUT");
    for (Played each : played) {
      long longest = each.cuts().stream().mapToLong(Played.AddressCut::millis).max().orElse(0);
      table.row(
          each.occasion(),
          each.strategy().text(),
          each.holder(),
          String.join(", ", each.moved()),
          String.join(", ", each.stayed()),
          each.refused().isPresent() ? "refused" : "",
          longest + " ms");
    }
    return table;
  }

  private static Set<String> reasons(ImmutableList<Played> played) {
    Set<String> reasons = new LinkedHashSet<>();
    played.forEach(each -> each.refused().ifPresent(reasons::add));
    return reasons;
  }

  private static String faults(FaultReport faults) {
    StringBuilder text = new StringBuilder();
    text.append(
        faults.isWhole()
            ? String.format(
                Locale.ROOT, "%,d single faults on a copy of this guest: ", faults.tried())
            : String.format(
                Locale.ROOT,
                "%,d of %,d single faults (%d %%) on a copy of this guest: ",
                faults.tried(),
                faults.of(),
                faults.of() == 0 ? 100 : 100L * faults.tried() / faults.of()));
    text.append(faults.stranded().isPresent() ? "1 stranded\n" : "0 stranded\n");
    return text.toString();
  }

  /** The rehearsal as data. */
  public static Map<String, Object> data(Outcome outcome) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("capture", outcome.capture().name());
    data.put("created", outcome.capture().created().toString());
    data.put("system", outcome.capture().system());
    data.put("hn", "hn" + outcome.unit());
    data.put("faithful", outcome.isFaithful());
    data.put("commands", outcome.capture().entries().size());
    data.put("differences", outcome.differences());
    data.put("leftOut", outcome.leftOut());
    outcome
        .process()
        .ifPresent(time -> data.put("processMillis", time.toNanos() / Cuts.NANOS_OF_A_MILLISECOND));
    data.put(
        "occasions",
        outcome.played().stream()
            .map(played -> data(played, outcome.process()))
            .collect(ImmutableList.toImmutableList()));
    outcome.faults().ifPresent(faults -> data.put("singleFaults", data(faults)));
    data.put("stranded", outcome.isStranded());
    outcome.stranded().ifPresent(first -> data.put("first", first));
    return data;
  }

  private static Map<String, Object> data(Played played, Optional<Duration> process) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("occasion", played.occasion());
    data.put("strategy", played.strategy().text());
    data.put("on", played.holder());
    data.put("moved", played.moved());
    data.put("stayed", played.stayed());
    played.refused().ifPresent(reason -> data.put("refused", reason));
    data.put("cutOffVirtualTime", played.cuts());
    process.ifPresent(
        time ->
            data.put(
                "cutOffMillisHere",
                played.cuts().stream().map(cut -> Cuts.here(cut, time)).toList()));
    data.put("silent", played.silent());
    data.put("violations", played.violations());
    return data;
  }

  private static Map<String, Object> data(FaultReport faults) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("tried", faults.tried());
    data.put("of", faults.of());
    data.put("stranded", faults.stranded().isPresent() ? 1 : 0);
    return data;
  }
}

package org.hnvf.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.function.Function;
import org.hnvf.model.BackOff;
import org.hnvf.model.Ending;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.OperatorWord;
import org.hnvf.model.PairCounts;
import org.hnvf.model.PairState;
import org.hnvf.model.PairStatus;
import org.hnvf.model.WorkflowCounts;

/**
 * Formats the metrics in Prometheus's text format 0.0.4. The collector of node_exporter does not
 * read the types info and stateset of OpenMetrics, so these are gauges.
 */
public final class MetricsView {

  private static final int MILLIS = 3;

  /**
   * A pair.
   *
   * @param status its state
   * @param looked when this was read
   * @param counts the numbers of its history
   */
  public record Shown(PairStatus status, Instant looked, PairCounts counts) {}

  private final MetricsText text = new MetricsText();
  private final ImmutableList<Shown> pairs;

  private MetricsView(Collection<Shown> pairs) {
    this.pairs = ImmutableList.copyOf(pairs);
  }

  /**
   * Returns the text.
   *
   * @param version the version of hnvf
   * @param lookEvery the interval of the daemon's looks
   * @param pairs the pairs
   */
  public static String text(String version, Duration lookEvery, Collection<Shown> pairs) {
    return new MetricsView(pairs).all(version, lookEvery);
  }

  private String all(String version, Duration lookEvery) {
    text.family("hnvf_build_info", "gauge", "The version of hnvf.");
    text.sample("hnvf_build_info", ImmutableMap.of("version", version), "1");
    text.family(
        "hnvf_look_interval_seconds",
        "gauge",
        "The interval of looks without an event, look_every.");
    text.sample("hnvf_look_interval_seconds", ImmutableMap.of(), seconds(lookEvery));
    gauge(
        "hnvf_last_look_timestamp_seconds",
        "When hnvf last read the pair.",
        pair -> seconds(Duration.between(Instant.EPOCH, pair.looked())));
    text.family(
        "hnvf_pair_info", "gauge", "The interfaces of the pair; an absent one is an empty label.");
    pairs.forEach(pair -> text.sample("hnvf_pair_info", interfaces(pair.status()), "1"));
    oneOf(
        "hnvf_pair_state",
        "Whether the pair is in this state.",
        "state",
        Arrays.stream(PairState.values()).map(PairState::name).toList(),
        pair -> pair.status().state().name());
    oneOf(
        "hnvf_pair_word",
        "Whether this is the operator's word.",
        "word",
        ImmutableList.of("AUTO", "PINNED", "RELEASED"),
        pair -> word(pair.status().word()));
    oneOf(
        "hnvf_held",
        "Whether a back-off of this kind keeps the VF unused.",
        "kind",
        Arrays.stream(BackOff.Kind.values()).map(MetricsView::lower).toList(),
        pair -> pair.status().held().map(held -> lower(held.kind())).orElse(""));
    gauge(
        "hnvf_vf_attached",
        "Whether a VF is attached.",
        pair -> pair.status().pair().vf().isPresent() ? "1" : "0");
    counter("hnvf_vf_came_total", "How often a VF came.", pair -> pair.counts().vf().came());
    counter("hnvf_vf_went_total", "How often a VF went.", pair -> pair.counts().vf().went());
    transitions();
    cutOffs();
    gauge(
        "hnvf_history_problems",
        "The number of files of the history that cannot be read and are not counted.",
        pair -> Integer.toString(pair.counts().problems().size()));
    return text.toString();
  }

  private static ImmutableMap<String, String> interfaces(PairStatus status) {
    return ImmutableMap.of(
        "pair",
        name(status),
        "hn",
        status.pair().hn().value(),
        "vf",
        status.pair().vf().map(InterfaceName::value).orElse(""),
        "lagg",
        status.pair().lagg().map(InterfaceName::value).orElse(""));
  }

  private static String name(PairStatus status) {
    return "hn" + status.pair().unit();
  }

  private static String word(OperatorWord word) {
    if (word instanceof OperatorWord.Pinned) {
      return "PINNED";
    }
    return word instanceof OperatorWord.Released ? "RELEASED" : "AUTO";
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  private void gauge(String name, String help, Function<Shown, String> value) {
    text.family(name, "gauge", help);
    pairs.forEach(
        pair -> text.sample(name, ImmutableMap.of("pair", name(pair.status())), value.apply(pair)));
  }

  private void counter(String name, String help, Function<Shown, Long> value) {
    text.family(name, "counter", help);
    pairs.forEach(
        pair ->
            text.sample(
                name, ImmutableMap.of("pair", name(pair.status())), value.apply(pair).toString()));
  }

  private void oneOf(
      String name,
      String help,
      String label,
      Collection<String> all,
      Function<Shown, String> current) {
    text.family(name, "gauge", help);
    for (Shown pair : pairs) {
      for (String one : all) {
        text.sample(
            name,
            ImmutableMap.of("pair", name(pair.status()), label, one),
            current.apply(pair).equals(one) ? "1" : "0");
      }
    }
  }

  private void transitions() {
    text.family("hnvf_transitions_total", "counter", "The workflows that ended so.");
    for (Shown pair : pairs) {
      Arrays.stream(Ending.values())
          .filter(ending -> ending != Ending.UNFINISHED)
          .forEach(
              ending ->
                  text.sample(
                      "hnvf_transitions_total",
                      ImmutableMap.of("pair", name(pair.status()), "outcome", lower(ending)),
                      pair.counts().workflows().endings().getOrDefault(ending, 0L).toString()));
    }
  }

  private void cutOffs() {
    text.family(
        "hnvf_cutoff_seconds",
        "histogram",
        "How long the guest was cut off in a workflow, as the history estimates it.");
    for (Shown pair : pairs) {
      WorkflowCounts counts = pair.counts().workflows();
      String name = name(pair.status());
      long sum = 0;
      for (int i = 0; i < counts.cutOffs().size(); i++) {
        sum += counts.cutOffs().get(i);
        String bound =
            i < WorkflowCounts.BOUNDS.size() ? seconds(WorkflowCounts.BOUNDS.get(i)) : "+Inf";
        text.sample(
            "hnvf_cutoff_seconds_bucket",
            ImmutableMap.of("pair", name, "le", bound),
            Long.toString(sum));
      }
      text.sample(
          "hnvf_cutoff_seconds_sum", ImmutableMap.of("pair", name), seconds(counts.cutOff()));
      text.sample("hnvf_cutoff_seconds_count", ImmutableMap.of("pair", name), Long.toString(sum));
    }
  }

  /** Returns the seconds with as many decimals as needed: 60, 0.05. */
  private static String seconds(Duration time) {
    BigDecimal exact = BigDecimal.valueOf(time.toMillis(), MILLIS).stripTrailingZeros();
    return exact.toPlainString();
  }
}

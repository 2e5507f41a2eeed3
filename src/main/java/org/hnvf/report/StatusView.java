package org.hnvf.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hnvf.model.BackOff;
import org.hnvf.model.GuestState;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.OperatorWord;
import org.hnvf.model.PairStatus;
import org.hnvf.model.UnderWay;
import org.jspecify.annotations.Nullable;

/** Formats the output of {@code hnvf status}. */
public final class StatusView {

  private StatusView() {}

  /**
   * Returns a table, a row for each pair, and below it the VLANs of each, and the reasons of an
   * inconsistent state.
   */
  public static String table(Collection<PairStatus> pairs) {
    if (pairs.isEmpty()) {
      return "no pair: this guest has no synthetic NIC (hn)\n";
    }
    Table table =
        new Table(
            "PAIR",
            "VF",
            "LAGG",
            "STATE",
            "ACTIVE",
            "RXVF",
            "ADDRESSES",
            "DEFAULT ROUTE",
            "DHCP",
            "WORD",
            "BACK-OFF");
    StringBuilder odd = new StringBuilder();
    for (PairStatus pair : pairs) {
      table.row(
          pair.pair().hn().value(),
          name(pair.pair().vf().orElse(null)),
          name(pair.pair().lagg().orElse(null)),
          pair.state().name(),
          name(pair.activePort().orElse(null)),
          pair.receivingVf().orElse(""),
          String.join(" ", pair.addresses()),
          pair.defaultRoute().orElse(""),
          String.join(" ", pair.dhcp()),
          word(pair.word()),
          pair.backOff().map(held -> backOff(held, pair.tryIsDue())).orElse(""));
      pair.underWay()
          .ifPresent(
              now -> odd.append(pair.pair().hn()).append(": ").append(underWay(now)).append('\n'));
      if (!pair.vlans().isEmpty()) {
        odd.append(pair.pair().hn())
            .append(": VLANs ")
            .append(String.join(", ", pair.vlans()))
            .append('\n');
      }
      pair.reasons()
          .forEach(reason -> odd.append(pair.pair().hn()).append(": ").append(reason).append('\n'));
      pair.delayEnds()
          .ifPresent(
              end ->
                  odd.append(pair.pair().hn())
                      .append(": the VF is brought up at ")
                      .append(end)
                      .append('\n'));
    }
    return table.toString() + odd;
  }

  /**
   * Returns the facts of the whole guest: the mode, and the daemons of Hyper-V's integration
   * services.
   */
  public static String footer(GuestState guest) {
    StringBuilder text = new StringBuilder();
    if (guest.hyperV().isTransparent()) {
      text.append(
          """
          hw.hn.vf_transparent is 1: the kernel does the failover by itself, hnvf changes nothing;
          set hw.hn.vf_transparent="0" in /boot/loader.conf and reboot to have hnvf do it
          """);
    }
    if (guest.hyperV().vfList().isEmpty()) {
      text.append("sysctl hw.hn.vflist is missing: hnvf cannot work with this kernel\n");
    }
    return text.append("integration daemons running: ")
        .append(
            guest.integrationDaemons().isEmpty()
                ? "none"
                : String.join(", ", guest.integrationDaemons()))
        .append('\n')
        .toString();
  }

  /** Returns the data. */
  public static ImmutableList<Map<String, Object>> data(Collection<PairStatus> pairs) {
    return pairs.stream().map(StatusView::data).collect(ImmutableList.toImmutableList());
  }

  /** Returns the data of one pair, without absent values. */
  public static Map<String, Object> data(PairStatus status) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("pair", status.pair().hn().value());
    data.put("unit", status.pair().unit().number());
    status.pair().vf().ifPresent(vf -> data.put("vf", vf.value()));
    status.pair().lagg().ifPresent(lagg -> data.put("lagg", lagg.value()));
    data.put("state", status.state().name());
    status.activePort().ifPresent(port -> data.put("activePort", port.value()));
    status.receivingVf().ifPresent(vf -> data.put("rxvf", vf));
    data.put("addresses", status.addresses());
    status.defaultRoute().ifPresent(route -> data.put("defaultRoute", route));
    if (!status.vlans().isEmpty()) {
      data.put("vlans", status.vlans());
    }
    data.put("dhclient", status.dhcp());
    data.put("word", wordData(status.word()));
    status.backOff().ifPresent(held -> data.put("backOff", backOffData(held, status.tryIsDue())));
    status.delayEnds().ifPresent(end -> data.put("delayEnds", end.toString()));
    status.underWay().ifPresent(now -> data.put("underWay", underWayData(now)));
    data.put("reasons", status.reasons());
    return data;
  }

  private static String word(OperatorWord word) {
    if (word instanceof OperatorWord.Pinned pinned) {
      return "PINNED" + pinned.until().map(until -> " until " + until).orElse("");
    }
    return word instanceof OperatorWord.Released ? "RELEASED" : "AUTO";
  }

  /**
   * Returns the text of a back-off: each kind has its own words. One whose pause is over still
   * shows the number of failures in a row.
   */
  private static String backOff(BackOff held, boolean over) {
    return switch (held.kind()) {
      case REFUSED -> "REFUSED: " + held.cause();
      case BY_CAUSE ->
          "HELD by cause (attempt "
              + held.attempts()
              + "), until the configuration changes or failback: "
              + held.cause();
      case PASSING ->
          (over ? "over" : "HELD until " + held.nextTry())
              + " (attempt "
              + held.attempts()
              + "): "
              + held.cause();
      case TOO_OFTEN ->
          held.description() + (over ? ", which is over" : ", until " + held.nextTry());
    };
  }

  private static String underWay(UnderWay now) {
    return now.what()
        + " is under way since "
        + now.since()
        + now.step().map(step -> ": " + step(step)).orElse("");
  }

  private static String step(UnderWay.Step step) {
    String place = step.of() > 0 ? "step " + step.number() + " of " + step.of() + ", " : "";
    return place + step.name() + ", since " + step.since();
  }

  private static Map<String, Object> underWayData(UnderWay now) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("what", now.what());
    data.put("since", now.since().toString());
    now.step()
        .ifPresent(
            step -> {
              Map<String, Object> shown = new LinkedHashMap<>();
              shown.put("name", step.name());
              if (step.of() > 0) {
                shown.put("number", step.number());
                shown.put("of", step.of());
              }
              shown.put("since", step.since().toString());
              data.put("step", shown);
            });
    return data;
  }

  private static Map<String, Object> wordData(OperatorWord word) {
    if (word instanceof OperatorWord.Pinned pinned) {
      return pinned
          .until()
          .<Map<String, Object>>map(
              until -> ImmutableMap.of("kind", "PINNED", "until", until.toString()))
          .orElse(ImmutableMap.of("kind", "PINNED"));
    }
    return ImmutableMap.of("kind", word instanceof OperatorWord.Released ? "RELEASED" : "AUTO");
  }

  private static Map<String, Object> backOffData(BackOff held, boolean over) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("kind", held.kind().name());
    data.put("cause", held.cause());
    data.put("attempts", held.attempts());
    held.ends().filter(end -> !over).ifPresent(end -> data.put("nextTry", end.toString()));
    return data;
  }

  private static String name(@Nullable InterfaceName name) {
    return name == null ? "" : name.value();
  }
}

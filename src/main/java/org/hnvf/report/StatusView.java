package org.hnvf.report;

import com.google.common.collect.ImmutableMap;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hnvf.model.BackOff;
import org.hnvf.model.GuestState;
import org.hnvf.model.OperatorWord;
import org.hnvf.model.PairHistory;
import org.hnvf.model.PairStatus;
import org.hnvf.model.UnderWay;

/** Formats the output of {@code hnvf status}. */
public final class StatusView {

  private StatusView() {}

  /** Returns the state of each pair alone, as after a verb. */
  public static String text(Collection<PairStatus> pairs) {
    StringBuilder text = new StringBuilder();
    pairs.forEach(pair -> text.append(text(pair, StatusContext.NONE, Style.PLAIN)));
    return text.toString();
  }

  /** Returns the status of a pair: its state in the first line, and below it a line for a fact. */
  public static String text(PairStatus status, StatusContext context, Style style) {
    String first = status.pair().hn() + "  " + status.state();
    Labelled lines = new Labelled();
    status.underWay().ifPresent(now -> lines.line("now", StatusWords.underWay(now)));
    context.since(status).ifPresent(at -> lines.line("since", context.past(at)));
    lines
        .line("addresses", String.join(", ", status.addresses()))
        .line("default route", status.defaultRoute().orElse("none"))
        .line("DHCP", dhcp(status))
        .line("VLANs", String.join(", ", status.vlans()))
        .line("used by", String.join(", ", status.users()))
        .line("VF", StatusWords.vf(status, context));
    context
        .history()
        .flatMap(PairHistory::lastWorkflow)
        .filter(past -> past.ended().isPresent())
        .ifPresent(
            past -> lines.line("last", PastView.line(past) + "; " + context.past(past.begun())));
    if (!(status.word() instanceof OperatorWord.Auto)) {
      lines.line("word", StatusWords.word(status.word()));
    }
    status
        .backOff()
        .ifPresent(held -> lines.line("back-off", StatusWords.backOff(held, status.tryIsDue())));
    status.reasons().forEach(reason -> lines.line("note", reason));
    if (status.underWay().isEmpty()) {
      lines.line("next", StatusWords.next(status, context));
    }
    return style.state(status.state(), first) + ": " + StatusWords.state(status) + "\n" + lines;
  }

  private static String dhcp(PairStatus status) {
    return status.dhcp().isEmpty() ? "" : "dhclient on " + String.join(", ", status.dhcp());
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

  /** Returns the data of one pair, without absent values. */
  public static Map<String, Object> data(PairStatus status, StatusContext context) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("pair", status.pair().hn().value());
    data.put("unit", status.pair().unit().number());
    status.pair().vf().ifPresent(vf -> data.put("vf", vf.value()));
    status.pair().lagg().ifPresent(lagg -> data.put("lagg", lagg.value()));
    data.put("state", status.state().name());
    data.put("stateInWords", StatusWords.state(status));
    context.since(status).ifPresent(at -> data.put("since", at.toString()));
    status.activePort().ifPresent(port -> data.put("activePort", port.value()));
    status.receivingVf().ifPresent(vf -> data.put("rxvf", vf));
    data.put("addresses", status.addresses());
    status.defaultRoute().ifPresent(route -> data.put("defaultRoute", route));
    if (!status.vlans().isEmpty()) {
      data.put("vlans", status.vlans());
    }
    if (!status.users().isEmpty()) {
      data.put("users", status.users());
    }
    data.put("dhclient", status.dhcp());
    data.put("word", wordData(status.word()));
    status.backOff().ifPresent(held -> data.put("backOff", backOffData(held, status.tryIsDue())));
    status.delayEnds().ifPresent(end -> data.put("delayEnds", end.toString()));
    status.underWay().ifPresent(now -> data.put("underWay", underWayData(now)));
    data.put("reasons", status.reasons());
    data.put("next", StatusWords.next(status, StatusContext.NONE));
    context.history().ifPresent(past -> data.putAll(historyData(past, status)));
    return data;
  }

  private static Map<String, Object> historyData(PairHistory past, PairStatus status) {
    Map<String, Object> data = new LinkedHashMap<>();
    past.vfSince()
        .filter(at -> status.pair().vf().isPresent())
        .ifPresent(at -> data.put("vfSince", at.toString()));
    data.put("vfCame", past.timesVfCame());
    data.put("vfWent", past.timesVfWent());
    past.lastWorkflow().ifPresent(workflow -> data.put("last", PastView.data(workflow)));
    return data;
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
}

package org.hnvf.report;

import com.google.common.collect.ImmutableList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hnvf.model.InterfaceConfig;
import org.hnvf.model.PairDependents;

/** Formats the output of {@code hnvf config}. */
public final class ConfigView {

  private ConfigView() {}

  /** Returns the text. */
  public static String text(InterfaceConfig config, PairDependents pair) {
    StringBuilder text = new StringBuilder();
    text.append(config.interfaceName())
        .append(": ")
        .append(
            !config.dhcp()
                ? "no DHCP"
                : config.syncDhcp() ? "DHCP, waited for" : "DHCP in the background")
        .append(config.acceptRtadv() ? ", IPv6 from router advertisements" : "")
        .append(config.auto() ? "" : ", not at boot")
        .append('\n');
    for (List<String> command : config.commands()) {
      text.append("  ").append(String.join(" ", masked(command))).append('\n');
    }
    config.warnings().forEach(w -> text.append("warning: ").append(w).append('\n'));
    return text + DependentsView.text(pair);
  }

  /** Returns the command with the password of carp(4) masked and a carriage return made visible. */
  private static ImmutableList<String> masked(List<String> command) {
    ImmutableList.Builder<String> shown = ImmutableList.builder();
    String before = "";
    for (String word : command) {
      shown.add(before.equals("pass") ? "…" : word.replace("\r", "\\r"));
      before = word;
    }
    return shown.build();
  }

  /** Returns the data. */
  public static Map<String, Object> data(InterfaceConfig config, PairDependents pair) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("interface", config.interfaceName().value());
    data.put("dhcp", config.dhcp());
    data.put("syncDhcp", config.syncDhcp());
    data.put("auto", config.auto());
    data.put("acceptRtadv", config.acceptRtadv());
    data.put("vnetJail", config.vnetJail().orElse(null));
    data.put("commands", config.commands().stream().map(ConfigView::masked).toList());
    data.put(
        "warnings",
        ImmutableList.builder().addAll(config.warnings()).addAll(pair.warnings()).build());
    data.put("dependents", DependentsView.data(pair));
    return data;
  }
}

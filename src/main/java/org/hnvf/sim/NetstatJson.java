package org.hnvf.sim;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * {@code netstat --libxo json -rn} (transcripts 64 and 67). The numbers of next hops are the
 * kernel's own affair: here each route has its place.
 */
final class NetstatJson {

  private static final ImmutableMap<Character, String> FLAGS =
      ImmutableMap.<Character, String>builder()
          .put('U', "up")
          .put('G', "gateway")
          .put('H', "host")
          .put('R', "reject")
          .put('D', "dynamic")
          .put('M', "modified")
          .put('S', "static")
          .put('1', "proto1")
          .put('2', "proto2")
          .put('3', "proto3")
          .put('B', "blackhole")
          .buildOrThrow();

  private final Kernel kernel;

  NetstatJson(Kernel kernel) {
    this.kernel = kernel;
  }

  String routes(int fib, String family) {
    ImmutableList.Builder<String> families = ImmutableList.builder();
    if (!family.equals("inet6")) {
      family(families, "Internet", kernel.routes().all(fib, false));
    }
    if (!family.equals("inet")) {
      family(families, "Internet6", kernel.routes().all(fib, true));
    }
    return "{\"statistics\": {\"route-information\": {"
        + (fib == 0 ? "" : "\"fib\":" + fib + ", ")
        + "\"route-table\": {\"rt-family\": ["
        + String.join(", ", families.build())
        + "]}}}}";
  }

  private void family(
      ImmutableList.Builder<String> families, String name, List<RouteEntry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    ImmutableList.Builder<String> texts = ImmutableList.builder();
    for (int i = 0; i < entries.size(); i++) {
      texts.add(entry(entries.get(i), i + 1));
    }
    families.add(
        "{\"address-family\":\""
            + name
            + "\", \"rt-entry\": ["
            + String.join(", ", texts.build())
            + "]}");
  }

  private String entry(RouteEntry entry, int place) {
    String netif = kernel.interfaces().at(entry.iface).name;
    String pretty =
        entry
            .flags
            .chars()
            .mapToObj(flag -> "\"" + FLAGS.getOrDefault((char) flag, "" + (char) flag) + "\"")
            .collect(Collectors.joining(","));
    return "{\"destination\":\""
        + NetstatProgram.destination(entry, netif)
        + "\",\"gateway\":\""
        + NetstatProgram.gateway(entry, netif)
        + "\",\"flags\":\""
        + entry.flags
        + "\", \"flags_pretty\": ["
        + pretty
        + "],\"weight\":1,\"nhop-kidx\":"
        + place
        + ",\"interface-name\":\""
        + netif
        + "\"}";
  }
}

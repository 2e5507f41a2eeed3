package org.hnvf.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * The costs of programs and exchanges, in microseconds of virtual time: the medians of the machine
 * on which the transcripts were recorded, from {@code costs.json}.
 */
final class Costs {
  private static final Costs RECORDED = load();

  private final ImmutableMap<String, Long> programs;
  private final ImmutableMap<String, Long> dhclient;
  private final ImmutableMap<String, Long> kernel;
  private final ImmutableMap<String, Long> stockScript;
  private final long devdDispatch;

  private Costs(JsonNode root) {
    this.programs = section(root, "process");
    this.dhclient = section(root, "dhclient");
    this.kernel = section(root, "kernel");
    this.stockScript = section(root, "stockScript");
    this.devdDispatch = micros(root.required("devdDispatch"));
  }

  /** The recorded costs, which are part of the program. */
  static Costs recorded() {
    return RECORDED;
  }

  private static Costs load() {
    try (InputStream in = Costs.class.getResourceAsStream("costs.json")) {
      if (in == null) {
        throw new IllegalStateException("costs.json is missing beside " + Costs.class.getName());
      }
      return new Costs(new ObjectMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException("costs.json cannot be read", e);
    }
  }

  private static ImmutableMap<String, Long> section(JsonNode root, String name) {
    ImmutableMap.Builder<String, Long> section = ImmutableMap.builder();
    for (Map.Entry<String, JsonNode> entry : root.required(name).properties()) {
      section.put(entry.getKey(), micros(entry.getValue()));
    }
    return section.buildOrThrow();
  }

  private static long micros(JsonNode seconds) {
    return Math.round(seconds.asDouble() * Micros.SECOND);
  }

  private static long get(ImmutableMap<String, Long> section, String key) {
    Long cost = section.get(key);
    if (cost == null) {
      throw new IllegalStateException("costs.json has no \"" + key + "\"");
    }
    return cost;
  }

  /** A process that does nothing: the time before a program acts. */
  long startup() {
    return get(programs, "sh");
  }

  /** A program of this name from its start to its end. */
  long program(String name) {
    Long cost = programs.get(name);
    return cost == null ? get(programs, "kill") : cost;
  }

  /** From the start of a script of the base system until it does something of its own. */
  long loadingScript() {
    return get(stockScript, "loading rc.subr, network.subr and rc.conf");
  }

  /** From an event until devd has started what its rule says. */
  long devdDispatch() {
    return devdDispatch;
  }

  long laggCreate() {
    return get(programs, "ifconfig lagg create");
  }

  long dhclientBoundWithLease() {
    return get(dhclient, "bound, lease file of that interface");
  }

  long dhclientBoundWithoutLease() {
    return get(dhclient, "bound, no lease");
  }

  long dhclientAddressSetAgain() {
    return get(dhclient, "address set again at the end of it");
  }

  long dhclientNoLink() {
    return get(dhclient, "no link");
  }

  long dhclientNoServer() {
    return get(dhclient, "no server");
  }

  long dhclientNoServerOldLease() {
    return get(dhclient, "no server, old lease");
  }

  /** From a VF being brought up until it passes packets as a port that it became while up. */
  long vfJoinsWhileUp() {
    return get(kernel, "VF joins a lagg while up");
  }

  long duplicateAddressDetection() {
    return get(kernel, "duplicate address detection");
  }
}

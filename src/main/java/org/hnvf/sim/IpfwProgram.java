package org.hnvf.sim;

import java.util.List;

/** ipfw(8): {@code list}, {@code nat show config} and {@code table all list} of a kept text. */
final class IpfwProgram implements GuestCommand {

  private static final int EX_OSERR = 71;

  private final SimState state;

  IpfwProgram(SimState state) {
    this.state = state;
  }

  @Override
  public void act(Job job) {
    FilterState filters = state.filters;
    String words = String.join(" ", job.args());
    switch (words) {
      case "list" -> show(job, filters.ipfwEnabled, filters.ipfwRules);
      case "nat show config" -> show(job, filters.ipfwNatLoaded, filters.ipfwNat);
      case "table all list" -> show(job, filters.ipfwEnabled, filters.ipfwTables);
      default ->
          job.fail(
              64, "ipfw: the simulated guest knows only list, nat show config and table all list");
    }
  }

  private static void show(Job job, boolean loaded, List<String> lines) {
    if (!loaded) {
      job.fail(EX_OSERR, "ipfw: setsockopt: Protocol not available");
      return;
    }
    lines.forEach(line -> job.out(line + "\n"));
  }
}

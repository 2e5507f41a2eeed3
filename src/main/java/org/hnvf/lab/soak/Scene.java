package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import java.util.EnumMap;
import java.util.Map;
import org.hnvf.model.GuestState;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;

/**
 * All of a case that a person may want to see.
 *
 * @param before what the guest had at the beginning, one line for each interface
 * @param after what it has at the end
 * @param struck the faults that struck
 * @param places the counted operations of each kind, in order
 * @param lines what happened, in order
 */
record Scene(
    ImmutableList<String> before,
    ImmutableList<String> after,
    ImmutableList<FaultInjector.Struck> struck,
    ImmutableMap<Fault.Target, ImmutableList<String>> places,
    ImmutableList<Timeline.Line> lines) {

  /** Returns that of a case that is over. */
  static Scene of(Harness harness) throws HnvfException {
    Stage stage = harness.stage();
    Map<Fault.Target, ImmutableList<String>> places = new EnumMap<>(Fault.Target.class);
    for (Fault.Target target : Fault.Target.values()) {
      places.put(target, harness.injector().places(target));
    }
    return new Scene(
        holdings(stage.before()),
        holdings(stage.look()),
        harness.injector().struck(),
        ImmutableMap.copyOf(places),
        stage.timeline.inOrder());
  }

  /** The configuration of each interface that has some, but of lo0. */
  private static ImmutableList<String> holdings(GuestState guest) {
    ImmutableListMultimap.Builder<String, String> all = ImmutableListMultimap.builder();
    for (NetInterface each : guest.interfaces().values()) {
      if (each.name().equals("lo0")) {
        continue;
      }
      all.put(each.name(), each.isUp() ? "up" : "down");
      each.ports().forEach(port -> all.put(each.name(), "port " + port.name()));
      Baseline.global(each).forEach(prefix -> all.put(each.name(), prefix.toString()));
      Baseline.staticRoutes(guest, each.name()).forEach(route -> all.put(each.name(), route));
      InterfaceName.of(each.name())
          .filter(name -> !guest.dhcpClientsOn(name).isEmpty())
          .ifPresent(name -> all.put(each.name(), "dhclient"));
    }
    return all.build().asMap().entrySet().stream()
        .map(entry -> entry.getKey() + ": " + String.join(", ", entry.getValue()))
        .collect(ImmutableList.toImmutableList());
  }
}

package org.hnvf.plan;

import com.google.common.collect.ImmutableList;
import org.hnvf.model.Action;
import org.hnvf.model.DhcpClient;
import org.hnvf.model.InterfaceName;

/** The steps that concern dhclient(8). */
final class Dhcp {

  private Dhcp() {}

  /**
   * Ends every client of an interface. SIGTERM keeps address, routes and lease; a client that lives
   * while its address is deleted would run its exit script.
   */
  static void stop(Situation s, InterfaceName from, StepList steps) {
    stop(s, from, ImmutableList.of(Actions.startDhclient(s.rc(), from)), steps);
  }

  /** Ends every client of an interface that should have none. */
  static void stopStray(Situation s, InterfaceName from, StepList steps) {
    stop(s, from, ImmutableList.of(), steps);
  }

  private static void stop(
      Situation s, InterfaceName from, ImmutableList<Action> undo, StepList steps) {
    ImmutableList<DhcpClient> clients = s.guest().dhcpClientsOn(from);
    steps.add(
        "stop dhclient on " + from,
        clients.stream().map(Actions::terminate).collect(ImmutableList.toImmutableList()),
        undo);
  }

  /**
   * Starts a client that confirms the lease of {@code from}. When it is bound its script sets the
   * address again, which takes away every route through it but the default one: static routes are
   * added once more.
   */
  static void start(Situation s, InterfaceName from, InterfaceName to, StepList steps) {
    steps.add(
        "carry the lease from " + from + " to " + to,
        ImmutableList.of(new Action.CarryLease(from, to)),
        ImmutableList.of());
    steps.add(
        "start dhclient on " + to,
        ImmutableList.of(Actions.startDhclient(s.rc(), to)),
        ImmutableList.of(Actions.terminateByPidFile(to)));
    steps.add(
        "static routes through " + to + " again",
        Actions.addRoutes(s.configuration().routes(), to),
        ImmutableList.of());
    if (s.guest().resolvers().contains(from.value())) {
      steps.add(
          "forget the name servers of " + from,
          ImmutableList.of(Actions.forgetResolver(from, to)),
          ImmutableList.of());
    }
  }
}

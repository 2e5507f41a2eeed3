package org.hnvf.plan;

import com.google.common.collect.ImmutableList;
import org.hnvf.freebsd.Dhclient;
import org.hnvf.model.Action;
import org.hnvf.model.Configuration;
import org.hnvf.model.DhcpClient;
import org.hnvf.model.InterfaceName;

/** The steps that concern dhclient(8). */
final class Dhcp {

  private Dhcp() {}

  /**
   * Stops all clients of an interface. SIGTERM keeps address, routes and lease; a running client
   * whose address is deleted would run its exit script.
   */
  static void stop(PlanInput s, InterfaceName from, StepList steps) {
    ImmutableList.Builder<Action> undo = ImmutableList.builder();
    undo.add(Actions.startDhclient(s.rc(), from)).addAll(again(s, from));
    stop(s, from, undo.build(), steps);
  }

  /** Stops all clients of an interface that must have none or a different one. */
  static void stopStray(PlanInput s, InterfaceName from, StepList steps) {
    stop(s, from, ImmutableList.of(), steps);
  }

  private static void stop(
      PlanInput s, InterfaceName from, ImmutableList<Action> undo, StepList steps) {
    ImmutableList<DhcpClient> clients = s.guest().dhcpClientsOn(from);
    steps.add(
        "stop dhclient on " + from,
        clients.stream().map(Actions::terminate).collect(ImmutableList.toImmutableList()),
        undo);
  }

  /**
   * Starts a client that confirms the lease of {@code from}. When it is bound its script sets the
   * address again. That takes away every route through it but the default one, so static routes are
   * added once more; and it takes away the interface's first address, whichever that is
   * (dhclient-script(8) runs ifconfig without {@code alias}), so the others are added again, which
   * puts them behind the leased one for the next time.
   */
  static void start(PlanInput s, InterfaceName from, InterfaceName to, StepList steps) {
    steps.add(
        "carry the lease from " + from + " to " + to,
        ImmutableList.of(new Action.CarryLease(from, to)),
        ImmutableList.of());
    steps.add(
        "start dhclient on " + to,
        started(s, to),
        ImmutableList.of(Actions.terminateByPidFile(to)));
    steps.add("what the client took away from " + to + " again", again(s, to), ImmutableList.of());
    if (!from.equals(to) && s.guest().resolvers().contains(from.value())) {
      steps.add(
          "forget the name servers of " + from,
          ImmutableList.of(Actions.forgetResolver(from, to)),
          ImmutableList.of());
    }
  }

  /**
   * Starts the client on the lagg. A block for hn in dhclient.conf(5) does not apply to the lagg,
   * so the client gets a copy with a block for the lagg. If {@code dhclient_flags} names a file,
   * the client uses that file.
   */
  private static ImmutableList<Action> started(PlanInput s, InterfaceName to) {
    InterfaceName hn = s.pair().hn();
    boolean derives =
        !to.equals(hn)
            && s.guest().dhclientBlocks().contains(hn.value())
            && !s.guest().dhclientBlocks().contains(to.value())
            && !Dhclient.hasConf(s.rc().dhclientFlags());
    if (!derives) {
      return ImmutableList.of(Actions.startDhclient(s.rc(), to));
    }
    String conf = OwnFiles.dhclientConf(s.pair().unit());
    return ImmutableList.of(
        new Action.DeriveDhclientConf(hn, to, conf), Actions.startDhclient(s.rc(), conf, to));
  }

  /** Adds the addresses and routes again that a client deletes when it is bound. */
  private static ImmutableList<Action> again(PlanInput s, InterfaceName to) {
    ImmutableList.Builder<Action> again = ImmutableList.builder();
    Configuration conf = s.configuration();
    boolean aliases = conf.leased().isPresent() && conf.inet().size() > 1;
    if (aliases) {
      conf.inet().stream().skip(1).forEach(address -> again.add(Actions.addInet(to, address)));
    }
    // If an alias is in the same network, the default route may be bound to it.
    return again.addAll(Actions.addRoutes(aliases ? conf.inetRoutes() : conf.routes(), to)).build();
  }
}

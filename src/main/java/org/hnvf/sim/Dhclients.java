package org.hnvf.sim;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.util.Optional;

/**
 * The dhclient(8) processes: how they talk to the server, what their script does, and what ends
 * them (sbin/dhclient/dhclient.c, dhclient-script).
 */
final class Dhclients {
  private static final long ROUND_TRIP = 20_000;
  private static final long SCRIPT_GUARD = 10 * Micros.SECOND;

  /** How often it looks again for a link, a second apart. */
  private static final int LOOKS = 10;

  private static final long RETRY = 300 * Micros.SECOND;

  private final Kernel kernel;
  private final GuestFiles files;
  private final DhclientScript script;

  Dhclients(Kernel kernel, GuestFiles files) {
    this.kernel = kernel;
    this.files = files;
    this.script = new DhclientScript(kernel, files);
  }

  private SimState state() {
    return kernel.state();
  }

  private long now() {
    return state().now;
  }

  static String pidFile(String ifName) {
    return "/var/run/dhclient/dhclient." + ifName + ".pid";
  }

  /** The client that runs for an interface of this name. */
  Optional<DhclientProc> running(String ifName) {
    return state().dhclients.stream().filter(d -> d.ifName.equals(ifName)).findFirst();
  }

  /** The same, with the usual configuration file. */
  DhclientProc start(Iface iface, boolean background, long preinitAt) {
    return start(iface, ClientConfiguration.DEFAULT_FILE, background, preinitAt);
  }

  /** A new client, whose script brings the interface up as soon as it has started. */
  DhclientProc start(Iface iface, String conf, boolean background, long preinitAt) {
    DhclientProc proc = new DhclientProc();
    int first = state().newPids(5);
    proc.syslogPid = first;
    proc.privPid = first + 3;
    proc.pid = first + 4;
    proc.ifName = iface.name;
    proc.ifIndex = iface.index;
    proc.at = preinitAt;
    ClientConfiguration said = ClientConfiguration.of(files.read(conf).orElse(""), iface.name);
    proc.ignoresRouters = said.ignoresRouters();
    proc.domain = said.domain().orElse("");
    proc.background = background;
    state().dhclients.add(proc);
    return proc;
  }

  /** Sends a client to the background: its program ends with 0. */
  void daemonize(DhclientProc proc) {
    if (!proc.daemon) {
      proc.status = 0;
      proc.daemon = true;
      files.write(pidFile(proc.ifName), Integer.toString(proc.pid));
    }
  }

  /** Ends a client as a signal does; one that may clean up takes its pid file with it. */
  void kill(DhclientProc proc, boolean cleansUp) {
    state().dhclients.remove(proc);
    if (cleansUp) {
      files.delete(pidFile(proc.ifName));
    }
  }

  long nextDue() {
    long due = Long.MAX_VALUE;
    for (DhclientProc proc : state().dhclients) {
      due = Math.min(due, proc.at);
    }
    return due;
  }

  void runDue() {
    for (DhclientProc proc : ImmutableList.copyOf(state().dhclients)) {
      if (proc.at <= now()) {
        step(proc);
      }
    }
  }

  private void step(DhclientProc proc) {
    Optional<Iface> iface = kernel.interfaces().byIndex(proc.ifIndex);
    if (proc.phase == DhclientProc.Phase.DYING || iface.isEmpty()) {
      script.failed(proc);
      proc.status = proc.daemon ? proc.status : 1;
      kill(proc, true);
      return;
    }
    switch (proc.phase) {
      case PREINIT -> preinit(proc, iface.get());
      case LINK -> lookForLink(proc, iface.get());
      case REQUEST -> requestAgain(proc, iface.get());
      case DISCOVER -> discover(proc, iface.get());
      case ANSWER -> answered(proc, iface.get());
      case CLEAR -> {
        script.clear(proc, iface.get());
        next(proc, DhclientProc.Phase.SET, kernel.costs().dhclientAddressSetAgain());
      }
      case SET -> {
        script.set(proc, iface.get(), lease(proc));
        next(proc, DhclientProc.Phase.TELLING, script.telling());
      }
      case TELLING -> bound(proc);
      case BOUND -> renew(proc, iface.get());
      case SLEEPING -> startDiscovery(proc, iface.get());
      case DYING -> throw new IllegalStateException("handled above");
    }
  }

  private void next(DhclientProc proc, DhclientProc.Phase phase, long after) {
    proc.phase = phase;
    proc.at = now() + after;
  }

  private void preinit(DhclientProc proc, Iface iface) {
    kernel.interfaces().up(iface);
    proc.scriptAt = now();
    if (kernel.interfaces().hasCarrier(iface)) {
      begin(proc, iface);
    } else {
      proc.say(proc.ifName + ": no link ...");
      long patience = kernel.costs().dhclientNoLink() - preinitCost();
      next(proc, DhclientProc.Phase.LINK, patience - LOOKS * Micros.SECOND);
    }
  }

  private void lookForLink(DhclientProc proc, Iface iface) {
    if (kernel.interfaces().hasCarrier(iface)) {
      proc.say(" got link\n");
      begin(proc, iface);
      return;
    }
    proc.say(".");
    if (++proc.dots > LOOKS) {
      proc.say(" giving up\n");
      proc.status = proc.daemon ? proc.status : 1;
      kill(proc, true);
    } else {
      next(proc, DhclientProc.Phase.LINK, Micros.SECOND);
    }
  }

  private void begin(DhclientProc proc, Iface iface) {
    if (proc.background) {
      daemonize(proc);
    }
    proc.old = oldLease(proc).orElse(null);
    proc.requests = 0;
    if (proc.old == null) {
      startDiscovery(proc, iface);
    } else {
      request(proc, iface);
    }
  }

  private Optional<GrantedLease> oldLease(DhclientProc proc) {
    return files
        .read(DhclientLeases.path(proc.ifName))
        .flatMap(t -> DhclientLeases.usable(t, proc.ifName, now() / Micros.SECOND));
  }

  private void request(DhclientProc proc, Iface iface) {
    proc.requests++;
    proc.rebooting = true;
    proc.say("DHCPREQUEST on " + proc.ifName + " to 255.255.255.255 port 67\n");
    Optional<Segment> server = server(iface);
    if (server.isPresent()) {
      next(proc, DhclientProc.Phase.ANSWER, roundTrip(server.get()));
    } else {
      long patience =
          (kernel.costs().dhclientNoServerOldLease() - kernel.costs().dhclientNoServer()) / 2;
      next(proc, DhclientProc.Phase.REQUEST, patience);
    }
  }

  private void requestAgain(DhclientProc proc, Iface iface) {
    if (proc.requests < 2) {
      request(proc, iface);
    } else {
      startDiscovery(proc, iface);
    }
  }

  private void startDiscovery(DhclientProc proc, Iface iface) {
    proc.giveUpAt = now() + kernel.costs().dhclientNoServer() - preinitCost();
    discover(proc, iface);
  }

  /** From the start of the program until its script has brought the interface up. */
  long preinitCost() {
    Costs costs = kernel.costs();
    return costs.startup() + costs.startup() + costs.program("ifconfig");
  }

  private void discover(DhclientProc proc, Iface iface) {
    proc.rebooting = false;
    if (now() >= proc.giveUpAt) {
      noServer(proc, iface);
      return;
    }
    long seconds = 3L + state().random(12);
    proc.say(
        "DHCPDISCOVER on "
            + proc.ifName
            + " to 255.255.255.255 port 67 interval "
            + seconds
            + "\n");
    Optional<Segment> server = server(iface);
    if (server.isPresent()) {
      next(proc, DhclientProc.Phase.ANSWER, roundTrip(server.get()));
    } else {
      long after = Math.min(seconds * Micros.SECOND, proc.giveUpAt - now());
      next(proc, DhclientProc.Phase.DISCOVER, after);
    }
  }

  private void noServer(DhclientProc proc, Iface iface) {
    proc.say("No DHCPOFFERS received.\n");
    GrantedLease old = proc.old;
    if (old != null) {
      proc.say("Trying recorded lease " + old.address() + "\n");
      if (script.routerAnswers(old, iface)) {
        proc.lease = old;
        script.clear(proc, iface);
        script.set(proc, iface, old);
        long left = Math.max(0, old.renew() - now() / Micros.SECOND);
        proc.say("bound: renewal in " + left + " seconds.\n");
        daemonize(proc);
        next(proc, DhclientProc.Phase.BOUND, Math.max(Micros.SECOND, left * Micros.SECOND));
        return;
      }
    }
    proc.say("No working leases in persistent database - sleeping.\n\n");
    daemonize(proc);
    next(proc, DhclientProc.Phase.SLEEPING, RETRY);
  }

  /** The network whose server hears what is sent by this interface, and answers. */
  private Optional<Segment> server(Iface iface) {
    return kernel.path().frames(iface).filter(s -> s.dhcp.answers());
  }

  private static long roundTrip(Segment segment) {
    return ROUND_TRIP + segment.dhcp.delayMillis() * 1000;
  }

  private void answered(DhclientProc proc, Iface iface) {
    Optional<Segment> server = server(iface);
    if (server.isEmpty()) {
      next(proc, proc.rebooting ? DhclientProc.Phase.REQUEST : DhclientProc.Phase.DISCOVER, 0);
      proc.at = now() + 3 * Micros.SECOND;
      return;
    }
    Segment segment = server.get();
    String from = " from " + InetAddresses.toAddrString(segment.gateway) + "\n";
    GrantedLease old = proc.old;
    if (proc.rebooting && old != null) {
      if (segment.dhcp.refuses() || !old.address().equals(segment.dhcp.address())) {
        proc.say("DHCPNAK" + from);
        proc.old = null;
        startDiscovery(proc, iface);
        return;
      }
      proc.say("DHCPACK" + from);
      runScript(proc, segment, kernel.costs().dhclientBoundWithLease() - ROUND_TRIP);
    } else {
      proc.say("DHCPOFFER" + from);
      proc.say("DHCPREQUEST on " + proc.ifName + " to 255.255.255.255 port 67\n");
      proc.say("DHCPACK" + from);
      runScript(proc, segment, kernel.costs().dhclientBoundWithoutLease() - ROUND_TRIP);
    }
  }

  private void runScript(DhclientProc proc, Segment segment, long total) {
    proc.lease = given(segment, proc);
    remember(proc, proc.lease);
    long slowly = (proc.rebooting ? 0 : 1) * segment.dhcp.delayMillis() * 1000;
    long cleared = kernel.costs().dhclientAddressSetAgain() + script.telling();
    next(proc, DhclientProc.Phase.CLEAR, slowly + total - preinitCost() - cleared);
  }

  private void bound(DhclientProc proc) {
    GrantedLease lease = lease(proc);
    proc.scriptAt = now();
    long left = Math.max(1, lease.renew() - now() / Micros.SECOND);
    proc.say("bound to " + lease.address() + " -- renewal in " + left + " seconds.\n");
    daemonize(proc);
    next(proc, DhclientProc.Phase.BOUND, left * Micros.SECOND);
  }

  /** Returns the lease that the server of this network gives now. */
  private GrantedLease given(Segment segment, DhclientProc proc) {
    String gateway = InetAddresses.toAddrString(segment.gateway);
    return new GrantedLease(
            segment.dhcp.address(),
            segment.network.length(),
            proc.ignoresRouters ? "" : gateway,
            InetAddresses.toAddrString(segment.nameServer),
            gateway,
            0,
            0,
            0,
            0)
        .givenAt(now() / Micros.SECOND, segment.dhcp.leaseSeconds());
  }

  /** The file is written anew, with the lease that was in use before and the new one. */
  private void remember(DhclientProc proc, GrantedLease lease) {
    GrantedLease old = proc.old;
    String before = old == null ? "" : DhclientLeases.block(proc.ifName, old);
    files.write(
        DhclientLeases.path(proc.ifName), before + DhclientLeases.block(proc.ifName, lease));
    proc.old = lease;
  }

  private static GrantedLease lease(DhclientProc proc) {
    GrantedLease lease = proc.lease;
    if (lease == null) {
      throw new IllegalStateException("a dhclient that is bound without a lease");
    }
    return lease;
  }

  private void renew(DhclientProc proc, Iface iface) {
    GrantedLease lease = lease(proc);
    long second = now() / Micros.SECOND;
    Optional<Segment> server = server(iface);
    if (server.isPresent() && server.get().dhcp.address().equals(lease.address())) {
      long length = server.get().dhcp.leaseSeconds();
      proc.lease = lease.givenAt(second, length);
      remember(proc, proc.lease);
      next(proc, DhclientProc.Phase.BOUND, Math.max(1, length / 2) * Micros.SECOND);
    } else if (server.isPresent() || second >= lease.expire()) {
      script.expired(proc, iface, lease);
      proc.old = null;
      startDiscovery(proc, iface);
    } else {
      long wait = Math.min(Math.max(60, (lease.expire() - second) / 2), lease.expire() - second);
      next(proc, DhclientProc.Phase.BOUND, wait * Micros.SECOND);
    }
  }

  /** Handles a message of the kernel; each client checks whether it concerns its interface. */
  void hear(KernelMessage message) {
    for (DhclientProc proc : ImmutableList.copyOf(state().dhclients)) {
      if (proc.ifIndex == message.index()) {
        hear(proc, message);
      }
    }
  }

  private void hear(DhclientProc proc, KernelMessage message) {
    boolean bound = proc.phase == DhclientProc.Phase.BOUND;
    switch (message.kind()) {
      case WENT_DOWN, DEPARTED -> die(proc);
      case LINK_UP -> {
        if (bound) {
          begin(proc, kernel.interfaces().at(proc.ifIndex));
        }
      }
      case ADDRESS_DELETED -> {
        GrantedLease lease = proc.lease;
        if (bound
            && lease != null
            && now() >= proc.scriptAt + SCRIPT_GUARD
            && InetAddresses.forString(lease.address()).equals(message.address())) {
          die(proc);
        }
      }
    }
  }

  private void die(DhclientProc proc) {
    if (proc.phase != DhclientProc.Phase.DYING) {
      next(proc, DhclientProc.Phase.DYING, kernel.costs().startup());
    }
  }
}

package org.hnvf.sim;

/** The simulated kernel: its state, and the parts that change it. */
final class Kernel {
  private final SimState state;
  private final Costs costs;
  private final RouteMonitor monitor;
  private final Devd devd;
  private final Interfaces interfaces;
  private final Routes routes;
  private final Inet inet;
  private final Inet6 inet6;
  private final Laggs laggs;
  private final Vlans vlans;
  private final Bridges bridges;
  private final Carps carps;
  private final HyperVNics nics;
  private final DataPath path;

  Kernel(SimState state, Costs costs) {
    this.state = state;
    this.costs = costs;
    this.monitor = new RouteMonitor(state);
    this.devd = new Devd(state, monitor);
    this.interfaces = new Interfaces(this);
    this.routes = new Routes(this);
    this.inet = new Inet(this);
    this.inet6 = new Inet6(this);
    this.laggs = new Laggs(this);
    this.vlans = new Vlans(this);
    this.bridges = new Bridges(this);
    this.carps = new Carps(this);
    this.nics = new HyperVNics(this);
    this.path = new DataPath(this);
  }

  SimState state() {
    return state;
  }

  Costs costs() {
    return costs;
  }

  RouteMonitor monitor() {
    return monitor;
  }

  Devd devd() {
    return devd;
  }

  Interfaces interfaces() {
    return interfaces;
  }

  Routes routes() {
    return routes;
  }

  Inet inet() {
    return inet;
  }

  Inet6 inet6() {
    return inet6;
  }

  Laggs laggs() {
    return laggs;
  }

  Vlans vlans() {
    return vlans;
  }

  Bridges bridges() {
    return bridges;
  }

  Carps carps() {
    return carps;
  }

  HyperVNics nics() {
    return nics;
  }

  DataPath path() {
    return path;
  }
}

package org.hnvf.sim;

import java.util.ArrayList;
import java.util.List;

/**
 * Loads rules into the packet filters of the simulated guest. They are given in the words in which
 * the kernel would show them, and are shown; no packet is held against them, but echo requests may
 * be denied. They outlive a boot, since rc(8) would load the same again.
 */
public final class PacketFilters {

  private final SimState state;

  PacketFilters(SimState state) {
    this.state = state;
  }

  /**
   * pf(4) is loaded, enabled, and has these.
   *
   * @param rules as {@code pfctl -a '*' -sr} prints them
   * @param nat as {@code pfctl -a '*' -sn} prints them
   * @param skip the interfaces that it passes over
   */
  public void pf(List<String> rules, List<String> nat, List<String> skip) {
    synchronized (state) {
      FilterState filters = state.filters;
      filters.pfRules = new ArrayList<>(rules);
      filters.pfNat = new ArrayList<>(nat);
      filters.pfSkip = new ArrayList<>(skip);
      filters.pfLoaded = true;
      enablePf(true);
    }
  }

  /** pf(4) is enabled or disabled; its rules stay loaded. */
  public void enablePf(boolean on) {
    synchronized (state) {
      state.filters.pfLoaded = true;
      state.filters.pfEnabled = on;
      state.filters.pfSince = state.now;
    }
  }

  /**
   * ipfw(4) is enabled and has these.
   *
   * @param rules as {@code ipfw list} prints them
   * @param nat as {@code ipfw nat show config} prints them; where empty, the module is not loaded
   * @param tables as {@code ipfw table all list} prints them
   */
  public void ipfw(List<String> rules, List<String> nat, List<String> tables) {
    synchronized (state) {
      FilterState filters = state.filters;
      filters.ipfwEnabled = true;
      filters.ipfwNatLoaded = !nat.isEmpty();
      filters.ipfwRules = new ArrayList<>(rules);
      filters.ipfwNat = new ArrayList<>(nat);
      filters.ipfwTables = new ArrayList<>(tables);
    }
  }

  /** ipf(4) runs. */
  public void ipf() {
    synchronized (state) {
      state.filters.ipfRunning = true;
    }
  }

  /** A rule lets no echo request out; such a rule is not among those that are shown. */
  public void denyPing() {
    synchronized (state) {
      state.filters.deniesPing = true;
    }
  }

  /** None of them is there any more. */
  public void none() {
    synchronized (state) {
      state.filters = new FilterState();
    }
  }
}

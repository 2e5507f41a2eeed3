package org.hnvf.sim;

import java.util.ArrayList;
import java.util.List;

/**
 * What the packet filters of the guest have loaded, as the kernel would word it. A kept text: no
 * packet is held against it.
 */
final class FilterState {

  boolean pfLoaded;
  boolean pfEnabled;

  /** Since when it is enabled or disabled. */
  long pfSince;

  /** What {@code pfctl -a '*' -sr} prints. */
  List<String> pfRules = new ArrayList<>();

  /** What {@code pfctl -a '*' -sn} prints. */
  List<String> pfNat = new ArrayList<>();

  List<String> pfSkip = new ArrayList<>();

  boolean ipfwEnabled;
  boolean ipfwNatLoaded;

  /** What {@code ipfw list} prints. */
  List<String> ipfwRules = new ArrayList<>();

  /** What {@code ipfw nat show config} prints. */
  List<String> ipfwNat = new ArrayList<>();

  /** What {@code ipfw table all list} prints. */
  List<String> ipfwTables = new ArrayList<>();

  boolean ipfRunning;
}

package org.hnvf.sim;

import java.util.ArrayList;
import java.util.List;

/**
 * The loaded rules of the guest's packet filters, as the kernel prints them. The text is only kept;
 * no packet is compared with it.
 */
final class FilterState {

  boolean pfLoaded;
  boolean pfEnabled;

  /** Since when it is enabled or disabled. */
  long pfSince;

  /** The output of {@code pfctl -a '*' -sr}. */
  List<String> pfRules = new ArrayList<>();

  /** The output of {@code pfctl -a '*' -sn}. */
  List<String> pfNat = new ArrayList<>();

  List<String> pfSkip = new ArrayList<>();

  boolean ipfwEnabled;
  boolean ipfwNatLoaded;

  /** The output of {@code ipfw list}. */
  List<String> ipfwRules = new ArrayList<>();

  /** The output of {@code ipfw nat show config}. */
  List<String> ipfwNat = new ArrayList<>();

  /** The output of {@code ipfw table all list}. */
  List<String> ipfwTables = new ArrayList<>();

  boolean ipfRunning;

  /** Whether a rule lets no echo request out. */
  boolean deniesPing;
}

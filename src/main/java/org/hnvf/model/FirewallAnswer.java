package org.hnvf.model;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/**
 * The loaded rules of the guest's packet filters, as their commands print them.
 *
 * @param pf the rules of pf(4); empty if pf is not loaded or not enabled
 * @param ipfw the rules of ipfw(4); empty if ipfw is not enabled
 * @param ipf whether ipf(4) is enabled; hnvf does not read its rules
 * @param unanswered the commands that failed, with their results
 */
public record FirewallAnswer(
    Optional<Pf> pf, Optional<Ipfw> ipfw, boolean ipf, ImmutableList<String> unanswered) {

  /** No packet filter is loaded, or hnvf did not read the rules. */
  public static final FirewallAnswer NONE =
      new FirewallAnswer(Optional.empty(), Optional.empty(), false, ImmutableList.of());

  /**
   * The loaded rules of pf(4).
   *
   * @param rules {@code pfctl -a '*' -sr}, line by line
   * @param nat {@code pfctl -a '*' -sn}, line by line
   * @param interfaces {@code pfctl -vsI}, line by line
   */
  public record Pf(
      ImmutableList<String> rules, ImmutableList<String> nat, ImmutableList<String> interfaces) {}

  /**
   * The loaded rules of ipfw(4).
   *
   * @param lines {@code ipfw list}, {@code ipfw nat show config} and {@code ipfw table all list}
   */
  public record Ipfw(ImmutableList<String> lines) {}
}

package org.hnvf.model;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/**
 * What the packet filters of a guest answered when they were asked for their rules: the loaded
 * ones, in the kernel's own words.
 *
 * @param pf what pf(4) has; empty where it is not there or not enabled
 * @param ipfw what ipfw(4) has; empty where it is not enabled
 * @param ipf whether ipf(4) runs, which is not asked
 * @param unanswered the questions that failed, and how
 */
public record FirewallAnswer(
    Optional<Pf> pf, Optional<Ipfw> ipfw, boolean ipf, ImmutableList<String> unanswered) {

  /** Where there is none, or none was asked. */
  public static final FirewallAnswer NONE =
      new FirewallAnswer(Optional.empty(), Optional.empty(), false, ImmutableList.of());

  /**
   * What pf(4) has loaded.
   *
   * @param rules {@code pfctl -a '*' -sr}, line by line
   * @param nat {@code pfctl -a '*' -sn}, line by line
   * @param interfaces {@code pfctl -vsI}, line by line
   */
  public record Pf(
      ImmutableList<String> rules, ImmutableList<String> nat, ImmutableList<String> interfaces) {}

  /**
   * What ipfw(4) has loaded.
   *
   * @param lines {@code ipfw list}, {@code ipfw nat show config} and {@code ipfw table all list}
   */
  public record Ipfw(ImmutableList<String> lines) {}
}

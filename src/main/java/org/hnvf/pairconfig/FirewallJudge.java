package org.hnvf.pairconfig;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hnvf.model.Dependent;
import org.hnvf.model.FirewallAnswer;
import org.hnvf.model.GuestState;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;

/**
 * Judges a move from hn to a lagg by the loaded rules of the packet filters. A rule that names hn
 * does not match packets that arrive on the lagg: a rule that blocks on hn then blocks nothing
 * (transcript 70), and a rule that passes on hn passes nothing. So a move is permitted only if the
 * rules that name hn are equal to those that name the lagg, with the names exchanged, in the same
 * order among the other rules. Rules for a lagg that does not exist yet are loaded and match when
 * it is created. A group moves with the pair and needs no second rule (transcript 73).
 */
public final class FirewallJudge {

  /** The number of rules that are shown; further rules are counted. */
  private static final int SHOWN = 6;

  private static final String SKIP = " (skip)";
  private static final String IGNORE = "or set firewall to \"ignore\" in hnvf.json";

  private final InterfaceName hn;
  private final InterfaceName lagg;
  private final PfView ofHn;
  private final PfView ofLagg;
  private final ImmutableSet<String> laggGroups;

  private FirewallJudge(GuestState guest, InterfaceName hn, InterfaceName lagg) {
    this.hn = hn;
    this.lagg = lagg;
    // Every other group of hn or the lagg moves with the pair.
    this.laggGroups =
        ImmutableSet.copyOf(Sets.difference(ImmutableSet.of("lagg"), groups(guest, hn)));
    ImmutableSet<String> elsewhere =
        ImmutableSet.copyOf(
            Sets.difference(
                guest.interfaces().keySet(), ImmutableSet.of(hn.value(), lagg.value())));
    ImmutableSet<String> none = ImmutableSet.of();
    this.ofHn = new PfView(hn.value(), lagg.value(), none, laggGroups, elsewhere);
    this.ofLagg = new PfView(lagg.value(), hn.value(), laggGroups, none, elsewhere);
  }

  /**
   * Returns the rows.
   *
   * @param lagg the lagg that holds the configuration of {@code hn}, or will hold it
   */
  public static ImmutableList<Dependent> of(
      GuestState guest, InterfaceName hn, InterfaceName lagg, FirewallAnswer answer) {
    return new FirewallJudge(guest, hn, lagg).judge(answer);
  }

  private ImmutableList<Dependent> judge(FirewallAnswer answer) {
    List<Dependent> rows = new ArrayList<>();
    if (!answer.unanswered().isEmpty()) {
      rows.add(
          Dependent.refused(
              "firewall",
              "hnvf cannot tell what the firewall would do after a move to "
                  + lagg
                  + ": "
                  + String.join("; ", answer.unanswered()),
              "correct that, " + IGNORE));
    }
    answer.pf().ifPresent(pf -> judge(pf, rows));
    answer.ipfw().ifPresent(ipfw -> judge(ipfw, rows));
    if (answer.ipf()) {
      rows.add(
          Dependent.refused(
              "ipf",
              "ipf(4) is running (net.inet.ipf.fr_running), and hnvf cannot read its " + "rules",
              "stop it (service ipfilter stop), " + IGNORE));
    }
    return ImmutableList.copyOf(rows);
  }

  private void judge(FirewallAnswer.Pf pf, List<Dependent> rows) {
    ImmutableList<String> found = found(pf, hn.value());
    if (found.isEmpty()) {
      beginToMatch("pf", found(pf, lagg.value()), rows);
    } else if (!isTwin(pf)) {
      rows.add(
          Dependent.refused(
              "pf",
              "pf is enabled and has rules that name "
                  + hn
                  + " and would not match on "
                  + lagg
                  + ": "
                  + shown(found),
              "use in them an interface group, which moves with the configuration (`ifconfig "
                  + hn
                  + " group ext`, and in rc.conf `group ext` in ifconfig_"
                  + hn
                  + "; in pf.conf ext for "
                  + hn
                  + ", but `set skip on { "
                  + hn
                  + " "
                  + lagg
                  + " }`), load the same rules for "
                  + lagg
                  + " beside each of them, "
                  + IGNORE));
    }
    if (Stream.concat(pf.rules().stream(), pf.nat().stream())
        .anyMatch(rule -> rule.contains("if-bound"))) {
      rows.add(
          Dependent.told(
              "pf",
              "it binds states to their interface (if-bound): connections whose state is bound to "
                  + hn
                  + " end with the move"));
    }
  }

  private void beginToMatch(String who, ImmutableList<String> ofLaggAlone, List<Dependent> rows) {
    if (!ofLaggAlone.isEmpty()) {
      rows.add(
          Dependent.told(
              who,
              "it names "
                  + lagg
                  + " and not "
                  + hn
                  + "; it matches after the move, and not while the addresses are on "
                  + hn
                  + " (at boot, after a release or a rollback): "
                  + shown(ofLaggAlone),
              "load the same rules for " + hn + " beside each of them"));
    }
  }

  private boolean isTwin(FirewallAnswer.Pf pf) {
    return ofHn.of(pf.rules()).equals(ofLagg.of(pf.rules()))
        && ofHn.of(pf.nat()).equals(ofLagg.of(pf.nat()))
        && isSkipped(pf, hn.value()) == isLaggSkipped(pf);
  }

  private boolean isLaggSkipped(FirewallAnswer.Pf pf) {
    return isSkipped(pf, lagg.value())
        || laggGroups.stream().anyMatch(group -> isSkipped(pf, group));
  }

  private static boolean isSkipped(FirewallAnswer.Pf pf, String name) {
    return pf.interfaces().contains(name + SKIP);
  }

  private static ImmutableList<String> found(FirewallAnswer.Pf pf, String name) {
    return Stream.of(
            pf.nat().stream().filter(rule -> PfView.names(rule, name)),
            pf.rules().stream().filter(rule -> PfView.names(rule, name)),
            Stream.of("set skip on " + name).filter(skip -> isSkipped(pf, name)))
        .flatMap(rules -> rules)
        .map(String::strip)
        .collect(ImmutableList.toImmutableList());
  }

  private void judge(FirewallAnswer.Ipfw ipfw, List<Dependent> rows) {
    ImmutableList<String> found = naming(ipfw, hn);
    if (found.isEmpty()) {
      beginToMatch("ipfw", naming(ipfw, lagg), rows);
      return;
    }
    rows.add(
        Dependent.refused(
            "ipfw",
            "ipfw is enabled and has rules, NAT instances or tables that name "
                + hn
                + ": "
                + shown(found),
            "rewrite them without an interface name, " + IGNORE));
  }

  private static ImmutableList<String> naming(FirewallAnswer.Ipfw ipfw, InterfaceName name) {
    return ipfw.lines().stream()
        .filter(line -> IpfwLine.names(line, name.value()))
        .map(String::strip)
        .collect(ImmutableList.toImmutableList());
  }

  private static ImmutableSet<String> groups(GuestState guest, InterfaceName name) {
    return guest.find(name).stream()
        .map(NetInterface::groups)
        .flatMap(Collection::stream)
        .collect(ImmutableSet.toImmutableSet());
  }

  private static String shown(List<String> rules) {
    String first =
        rules.stream().limit(SHOWN).map(rule -> "`" + rule + "`").collect(Collectors.joining(", "));
    return rules.size() > SHOWN ? first + " and " + (rules.size() - SHOWN) + " more" : first;
  }
}

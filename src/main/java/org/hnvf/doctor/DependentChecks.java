package org.hnvf.doctor;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hnvf.model.Command;
import org.hnvf.model.Dependent;
import org.hnvf.model.ForeignClient;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.Severity;

/** Programs and files that use an hn, as the move of the configuration judges them. */
final class DependentChecks {

  private static final Pattern PLACE = Pattern.compile("(/\\S+)(?:, line ([0-9]+))?");

  static final ImmutableList<Check> ALL =
      ImmutableList.of(
          new Check(
              "names-hn",
              Severity.WARNING,
              "a firewall or a file names an hn (pf, ipfw, dhclient.conf, natd, jail.conf, rc.conf)",
              "After the move the addresses and the traffic are on the lagg, and this line does not"
                  + " apply to it.",
              "`vi +LINE FILE`",
              ofDependents(DependentChecks::names)),
          new Check(
              "other-dhcp",
              Severity.WARNING,
              "a DHCP client other than dhclient(8) of the base system uses an hn",
              "hnvf cannot move its lease, so it does not use the VF.",
              "`sysrc dhcpcd_enable=NO`, `service dhcpcd onestop`",
              ofDependents(DependentChecks::clients)),
          new Check(
              "vf-refused",
              Severity.WARNING,
              "a dependent of an hn makes hnvf refuse its VF",
              "The guest stays on the slower hn, and a VF that is up is taken down.",
              "as the finding says, then `hnvf plan hn0`",
              ofDependents(DependentChecks::refused)));

  private DependentChecks() {}

  /** A question about one dependent. */
  @FunctionalInterface
  private interface OfDependent {
    Optional<Found> in(PairFacts pair, Dependent dependent, boolean client);
  }

  private static Check.Question ofDependents(OfDependent question) {
    return facts -> {
      Stream.Builder<Found> all = Stream.builder();
      if (facts.isTransparent()) {
        return all.build();
      }
      for (PairFacts pair : facts.pairs().get()) {
        ImmutableSet<String> clients = clients(facts, pair.rc().get());
        for (Dependent one : pair.dependents().get().dependents()) {
          boolean refused = one.verdict() == Dependent.Verdict.REFUSE;
          question.in(pair, one, refused && clients.contains(one.who())).ifPresent(all::add);
        }
      }
      return all.build();
    };
  }

  /** Returns the names by which a DHCP client is a dependent. */
  private static ImmutableSet<String> clients(GuestFacts facts, GuestConfig rc)
      throws NotKnownException {
    return ImmutableSet.<String>builder()
        .addAll(rc.otherClients())
        .add(rc.dhclientProgram())
        .addAll(facts.guest().get().foreignClients().stream().map(ForeignClient::program).toList())
        .build();
  }

  private static boolean isName(Dependent one) {
    boolean told = one.verdict() != Dependent.Verdict.MOVE;
    return told
        && (PLACE.matcher(one.who()).matches()
            || one.who().equals("pf")
            || one.who().equals("ipfw"));
  }

  private static Optional<Found> names(PairFacts pair, Dependent one, boolean client) {
    if (client || !isName(one)) {
      return Optional.empty();
    }
    Found found = Found.of(text(one), edit(one.who()));
    return Optional.of(one.remedy().map(words -> found.remedy(sentence(words))).orElse(found));
  }

  private static String[] edit(String who) {
    Matcher place = PLACE.matcher(who);
    if (place.matches()) {
      return new String[] {
        place.group(2) == null
            ? "vi " + place.group(1)
            : "vi +" + place.group(2) + " " + place.group(1)
      };
    }
    return who.equals("pf")
        ? new String[] {"vi /etc/pf.conf", "service pf reload"}
        : new String[] {"vi /etc/ipfw.rules", "service ipfw restart"};
  }

  private static Optional<Found> clients(PairFacts pair, Dependent one, boolean client) {
    if (!client) {
      return Optional.empty();
    }
    Found found =
        one.who().endsWith("_enable")
            ? Found.of(
                text(one),
                "sysrc " + one.who() + "=NO",
                "service " + one.who().replace("_enable", "") + " onestop")
            : one.who().startsWith("/")
                ? Found.of(text(one), "sysrc -x dhclient_program")
                : Found.of(text(one), "pkill -x " + Command.quoted(one.who()));
    return Optional.of(one.remedy().map(words -> found.remedy(sentence(words))).orElse(found));
  }

  private static Optional<Found> refused(PairFacts pair, Dependent one, boolean client) {
    if (client || isName(one) || one.verdict() != Dependent.Verdict.REFUSE) {
      return Optional.empty();
    }
    Found found = Found.of(text(one), "hnvf plan " + pair.hn());
    return Optional.of(one.remedy().map(words -> found.remedy(sentence(words))).orElse(found));
  }

  private static String text(Dependent one) {
    return one.reason().startsWith(one.who())
        ? sentence(one.reason())
        : one.who() + ": " + one.reason() + ".";
  }

  private static String sentence(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
  }
}

package org.hnvf.doctor;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.exec.FileTimes.Times;
import org.hnvf.freebsd.StockScripts;
import org.hnvf.model.Severity;

/** The service and its daemon, and the scripts of the base system. */
final class ServiceChecks {

  static final ImmutableList<Check> ALL =
      ImmutableList.of(
          new Check(
              "service-off",
              Severity.WARNING,
              "`hnvf_enable` is not YES in non-transparent mode",
              "The base system's script serves the next VF. On FreeBSD 14 and later it never ends,"
                  + " and the guest has no address.",
              "`sysrc hnvf_enable=YES`, `service hnvf start`",
              ServiceChecks::off),
          new Check(
              "daemon-absent",
              Severity.WARNING,
              "the service is enabled and no daemon runs",
              "Each event starts a Java of its own: a guest whose VF comes up is cut off for longer.",
              "`service hnvf start`",
              ServiceChecks::absent),
          new Check(
              "daemon-hung",
              Severity.FAULT,
              "the daemon does not answer",
              "An event waits three seconds for the daemon before another process serves it.",
              "`service hnvf restart`",
              ServiceChecks::hung),
          new Check(
              "daemon-old",
              Severity.NOTE,
              "the daemon is older than the installed program",
              "The daemon still runs the program from before the upgrade.",
              "`service hnvf restart`",
              ServiceChecks::old),
          new Check(
              "stock-script",
              Severity.FAULT,
              "a script of the base system in `/usr/libexec/hyperv` runs",
              "On FreeBSD 14 and later it deletes the addresses of its hn again and again, and"
                  + " devd(8) serves no other event.",
              "the `pkill -f` that the finding shows",
              ServiceChecks::stock));

  private ServiceChecks() {}

  private static Stream<Found> off(GuestFacts facts) throws NotKnownException {
    facts.requireInstallation();
    return facts.isTransparent() || facts.isEnabled()
        ? Stream.empty()
        : Stream.of(
            Found.of(
                "hnvf_enable is not YES in rc.conf.",
                "sysrc hnvf_enable=YES",
                "service hnvf start"));
  }

  private static Stream<Found> absent(GuestFacts facts) throws NotKnownException {
    facts.requireInstallation();
    return facts.daemon() == DaemonState.ABSENT && facts.isEnabled()
        ? Stream.of(Found.of("No daemon of hnvf answers on its socket.", "service hnvf start"))
        : Stream.empty();
  }

  private static Stream<Found> hung(GuestFacts facts) {
    return facts.daemon() == DaemonState.HUNG
        ? Stream.of(
            Found.of(
                "The daemon of hnvf accepts a connection and does not answer.",
                "service hnvf restart"))
        : Stream.empty();
  }

  private static Stream<Found> old(GuestFacts facts) throws NotKnownException {
    facts.requireInstallation();
    Optional<Times> daemon = facts.files().times(Places.DAEMON_PID);
    Optional<Times> jar = facts.files().times(facts.places().jar());
    return facts.daemon() == DaemonState.ANSWERS
            && daemon.isPresent()
            && jar.isPresent()
            && jar.get().changed().isAfter(daemon.get().modified())
        ? Stream.of(
            Found.of(
                facts.places().jar() + " was installed after the daemon started.",
                "service hnvf restart"))
        : Stream.empty();
  }

  private static Stream<Found> stock(GuestFacts facts) throws NotKnownException {
    if (facts.status(Questions.STOCK) == 1) {
      return Stream.empty();
    }
    String pids = String.join(", ", facts.told(Questions.STOCK).strip().lines().toList());
    return pids.isEmpty()
        ? Stream.empty()
        : Stream.of(
            Found.of(
                "A script of the base system in /usr/libexec/hyperv runs: process " + pids + ".",
                "pkill -f '" + StockScripts.PATTERN + "'"));
  }
}

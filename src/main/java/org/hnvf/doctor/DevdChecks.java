package org.hnvf.doctor;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.exec.FileTimes.Times;
import org.hnvf.freebsd.DevdConf;
import org.hnvf.model.Severity;

/** The rules of devd(8). */
final class DevdChecks {

  private static final String RESTART = "service devd restart";

  /** The events of a VF. A variable that is not here may have any value. */
  private static final ImmutableMap<String, ImmutableMap<String, String>> EVENTS =
      ImmutableMap.of(
          "VF_UP",
          ImmutableMap.of("system", "HYPERV_NIC_VF", "subsystem", "hn0", "type", "VF_UP"),
          "IFATTACH",
          ImmutableMap.of("system", "ETHERNET", "type", "IFATTACH"));

  static final ImmutableList<Check> ALL =
      ImmutableList.of(
          new Check(
              "devd-rules",
              Severity.FAULT,
              "devd(8) does not read the rules of hnvf, or another rule has a priority that is as"
                  + " high",
              "devd runs one rule for an event. The base system's script may serve the VF; on"
                  + " FreeBSD 14 and later it never ends.",
              "`pkg install -f hnvf` or `scripts/install`, `service devd restart`",
              DevdChecks::rules),
          new Check(
              "devd-restart",
              Severity.WARNING,
              "the rules of hnvf are newer than the running devd(8)",
              "devd reads its rules only when it starts. Until then it runs the old ones.",
              "`service devd restart`",
              DevdChecks::restart),
          new Check(
              "devd-off",
              Severity.FAULT,
              "`devd_enable` is not YES",
              "Without devd(8) no event of a VF reaches hnvf.",
              "`sysrc devd_enable=YES`, `service devd start`",
              DevdChecks::off));

  private DevdChecks() {}

  private record Owned(String file, DevdConf.Rule rule) {}

  private static Stream<Found> rules(GuestFacts facts) throws NotKnownException {
    facts.requireInstallation();
    String own = facts.places().devdRules();
    if (facts.files().text(own).isEmpty()) {
      String install =
          facts.files().exists(facts.places().list()) ? "scripts/install" : "pkg install -f hnvf";
      return Stream.of(Found.of("There is no file " + own + ".", install, RESTART));
    }
    Optional<String> main = facts.files().text(Places.DEVD);
    if (main.isPresent()
        && !DevdConf.parse(main.get()).directories().contains(facts.places().devdDirectory())) {
      return Stream.of(
          Found.of(
              Places.DEVD + " does not name the directory " + facts.places().devdDirectory() + ".",
              "echo 'options { directory \""
                  + facts.places().devdDirectory()
                  + "\"; };' >>"
                  + Places.DEVD,
              RESTART));
    }
    ImmutableList<Owned> all = all(facts);
    return EVENTS.entrySet().stream()
        .flatMap(event -> rival(facts, all, event.getValue()).stream().limit(1))
        .distinct();
  }

  private static ImmutableList<Owned> all(GuestFacts facts) throws NotKnownException {
    ImmutableList.Builder<Owned> all = ImmutableList.builder();
    for (Map.Entry<String, Fact<String>> file : facts.files().texts().entrySet()) {
      String path = file.getKey();
      if (path.equals(Places.DEVD)
          || path.startsWith("/etc/devd/")
          || path.startsWith("/usr/local/etc/devd/")
          || path.startsWith(facts.places().devdDirectory() + "/")) {
        DevdConf.parse(file.getValue().get())
            .rules()
            .forEach(rule -> all.add(new Owned(path, rule)));
      }
    }
    return all.build();
  }

  /** Returns another file's rule that devd may run for this event in the place of hnvf's. */
  private static Optional<Found> rival(
      GuestFacts facts, ImmutableList<Owned> all, ImmutableMap<String, String> event) {
    String own = facts.places().devdRules();
    int ours =
        all.stream()
            .filter(one -> one.file().equals(own) && one.rule().matches(event))
            .mapToInt(one -> one.rule().priority())
            .max()
            .orElse(-1);
    return all.stream()
        .filter(one -> !one.file().equals(own) && one.rule().matches(event))
        .filter(one -> one.rule().priority() >= ours)
        .findFirst()
        .map(
            one ->
                Found.of(
                        one.file()
                            + " has a rule of priority "
                            + one.rule().priority()
                            + " for "
                            + event.get("type")
                            + "; the rule of hnvf has "
                            + (ours < 0 ? "none" : String.valueOf(ours))
                            + ".",
                        "vi " + one.file(),
                        RESTART)
                    .remedy("Remove that rule, or give it a priority below 20."));
  }

  private static Stream<Found> restart(GuestFacts facts) throws NotKnownException {
    facts.requireInstallation();
    Optional<Times> rules = facts.files().times(facts.places().devdRules());
    Instant started =
        facts
            .files()
            .times(Places.DEVD_PID)
            .orElseThrow(() -> new NotKnownException("there is no file " + Places.DEVD_PID))
            .modified();
    return rules.stream()
        .filter(times -> times.changed().isAfter(started))
        .map(
            times ->
                Found.of(
                    facts.places().devdRules()
                        + " was installed after devd(8) started, and devd has not read it.",
                    RESTART));
  }

  private static Stream<Found> off(GuestFacts facts) throws NotKnownException {
    Optional<Boolean> enabled = facts.rc().get().yesNo("devd_enable");
    return enabled.isPresent() && !enabled.get()
        ? Stream.of(
            Found.of(
                "devd_enable is NO in rc.conf.", "sysrc devd_enable=YES", "service devd start"))
        : Stream.empty();
  }
}

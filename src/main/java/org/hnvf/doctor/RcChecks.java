package org.hnvf.doctor;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hnvf.model.Command;
import org.hnvf.model.Severity;

/** rc.conf, and the agent of Azure. */
final class RcChecks {

  /** The delay that is advised for Azure. */
  private static final Duration AZURE_DELAY = Duration.ofMinutes(2);

  /** The asset tag of every machine of Azure. */
  private static final String AZURE = "7783-7084-3265-9085-8269-3286-77";

  private static final String MONITOR = "Provisioning.MonitorHostName";
  private static final Pattern MONITORS = Pattern.compile("(?m)^\\s*" + MONITOR + "\\s*=\\s*y");

  static final ImmutableList<Check> ALL =
      ImmutableList.of(
          new Check(
              "rc-conf",
              Severity.FAULT,
              "rc.conf cannot be evaluated",
              "hnvf uses no VF, because it does not know the configuration of the guest. The next"
                  + " boot may fail, too.",
              "`vi /etc/rc.conf`",
              RcChecks::fault),
          new Check(
              "ifconfig-default",
              Severity.WARNING,
              "`ifconfig_DEFAULT` configures every interface",
              "It also configures the VF, and at boot a lagg: an address or a dhclient on a lagg port"
                  + " cuts the guest off.",
              "`sysrc ifconfig_hn0=VALUE`, `sysrc -x ifconfig_DEFAULT`",
              RcChecks::defaults),
          new Check(
              "azure-agent",
              Severity.WARNING,
              "the agent of Azure watches the host name",
              "When the host name changes, the agent restarts dhclient on the first Ethernet"
                  + " interface. That is hn0, also while it is a lagg port.",
              "`sed` on `waagent.conf`, `service waagent restart`",
              RcChecks::agent),
          new Check(
              "azure-delay",
              Severity.WARNING,
              "`hyperv_vf_delay` is less than 120 on Azure",
              "For Azure 120 seconds are advised: until the delay ends, the VF is left down.",
              "`sysrc hyperv_vf_delay=120`",
              RcChecks::delay));

  private RcChecks() {}

  private static Stream<Found> fault(GuestFacts facts) {
    return facts.rcFault().stream()
        .map(
            fault ->
                Found.of(fault + ".", "vi " + Places.RC_CONF)
                    .remedy("Correct the file that the finding names."));
  }

  private static Stream<Found> defaults(GuestFacts facts) throws NotKnownException {
    String value = facts.rc().get().text("ifconfig_DEFAULT").strip();
    if (value.isEmpty() || Splitter.on(' ').splitToList(value).contains("NOAUTO")) {
      return Stream.empty();
    }
    ImmutableList.Builder<String> commands = ImmutableList.builder();
    for (PairFacts pair : facts.pairs().get()) {
      if (facts.rc().get().find("ifconfig_" + variable(pair.hn().value())).isEmpty()) {
        commands.add("sysrc ifconfig_" + variable(pair.hn().value()) + "=" + Command.quoted(value));
      }
    }
    commands.add("sysrc -x ifconfig_DEFAULT");
    return Stream.of(
        new Found(
            "ifconfig_DEFAULT is \"" + value + "\" in rc.conf.",
            Optional.empty(),
            commands.build()));
  }

  /** Returns the name of an interface in a variable, as rc.subr(8) has it. */
  private static String variable(String hn) {
    return hn.replaceAll("[./+-]", "_");
  }

  private static Stream<Found> agent(GuestFacts facts) throws NotKnownException {
    if (facts.isTransparent()) {
      return Stream.empty();
    }
    for (String file : Places.AGENT) {
      if (facts.files().text(file).filter(text -> MONITORS.matcher(text).find()).isPresent()) {
        return Stream.of(
            Found.of(
                file + " has " + MONITOR + "=y.",
                "sed -i.bak 's/^ *" + MONITOR + "=y/" + MONITOR + "=n/' " + file,
                "service waagent restart"));
      }
    }
    return Stream.empty();
  }

  private static Stream<Found> delay(GuestFacts facts) throws NotKnownException {
    if (facts.isTransparent() || !isAzure(facts)) {
      return Stream.empty();
    }
    for (PairFacts pair : facts.pairs().get()) {
      Duration delay = pair.rc().get().vfDelay();
      if (delay.compareTo(AZURE_DELAY) < 0) {
        return Stream.of(
            Found.of(
                "hyperv_vf_delay is " + delay.toSeconds() + ", and this is Azure.",
                "sysrc hyperv_vf_delay=" + AZURE_DELAY.toSeconds()));
      }
    }
    return Stream.empty();
  }

  private static boolean isAzure(GuestFacts facts) throws NotKnownException {
    for (String file : Places.AGENT) {
      if (facts.files().text(file).isPresent()) {
        return true;
      }
    }
    return facts.status(Questions.CHASSIS) == 0
        && facts.told(Questions.CHASSIS).strip().equals(AZURE);
  }
}

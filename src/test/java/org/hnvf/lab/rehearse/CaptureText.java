package org.hnvf.lab.rehearse;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.hnvf.exec.ProcessRunner;
import org.hnvf.freebsd.Ifconfig;
import org.hnvf.freebsd.Ipfw;
import org.hnvf.freebsd.Jls;
import org.hnvf.freebsd.Netgraph;
import org.hnvf.freebsd.Pfctl;
import org.hnvf.freebsd.Ps;
import org.hnvf.freebsd.Sysctl;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.HnvfException;
import org.hnvf.rcconf.EvaluatedRcConf;
import org.hnvf.rcconf.RcConf;
import org.hnvf.sim.RcConfShell;
import org.hnvf.sim.Scenario;
import org.hnvf.sim.SimulatedGuest;

/** Writes captures of simulated guests, in the form of version 1. */
final class CaptureText {

  private static final ImmutableList<Command> COMMANDS =
      ImmutableList.of(
          Ifconfig.all(),
          Sysctl.hyperV(),
          Command.reading(Duration.ofSeconds(10), "netstat", "-rn"),
          Ps.all(),
          Pfctl.status(),
          Pfctl.rules(),
          Pfctl.nat(),
          Pfctl.interfaces(),
          Ipfw.rules(),
          Jls.addresses(),
          Netgraph.loaded());

  private static final ImmutableList<String> FILES =
      ImmutableList.of(
          "/var/db/dhclient.leases.hn0",
          "/etc/dhclient.conf",
          "/var/run/dhclient/dhclient.hn0.pid",
          "/usr/local/etc/hnvf/hnvf.json");

  private final StringBuilder text = new StringBuilder();

  private CaptureText(SimulatedGuest guest) {
    text.append("# hnvf-capture 1\n# created: ")
        .append(guest.timer().now())
        .append("\n# hnvf: 0.1.0-SNAPSHOT\n# system: 15.0-RELEASE amd64\n# names: as they are\n\n");
  }

  /** Returns a capture of a guest as it is. */
  static String of(SimulatedGuest guest) throws HnvfException {
    return of(guest, rc(guest));
  }

  /** The same with these variables of rc.conf. */
  static String of(SimulatedGuest guest, String variables) {
    CaptureText capture = new CaptureText(guest);
    for (Command command : COMMANDS) {
      CommandResult result = guest.run(command);
      int status = result.ending() instanceof CommandResult.Exited exited ? exited.status() : 127;
      capture.entry(command.line(), result.stdout(), result.stderr(), status);
    }
    for (String file : FILES) {
      Optional<String> content = guest.files().read(file);
      capture.entry(
          "cat " + file,
          content.orElse(""),
          content.isPresent() ? "" : "cat: " + file + ": No such file or directory\n",
          content.isPresent() ? 0 : 1);
    }
    capture.entry("hnvf-rc-conf", variables, "", 0);
    return capture.text.toString();
  }

  /** Returns the variables of a scenario's rc.conf. */
  static String rcOf(Scenario scenario) throws HnvfException {
    return rc(scenario.shell(new RcConfShell(new ProcessRunner())).start());
  }

  private static String rc(SimulatedGuest guest) throws HnvfException {
    EvaluatedRcConf rc = new RcConf(guest).evaluate();
    StringBuilder variables = new StringBuilder();
    rc.variables()
        .values()
        .forEach((name, value) -> variables.append(name).append('=').append(value).append('\n'));
    return variables.toString();
  }

  private void entry(String command, String out, String err, int status) {
    text.append("$ ").append(command).append('\n');
    part("[stdout]", out);
    part("[stderr]", err);
    text.append(String.format(Locale.ROOT, "[exit %d] (0.000 s)\n\n", status));
  }

  private void part(String mark, String content) {
    if (content.isEmpty()) {
      return;
    }
    text.append(mark).append('\n').append(content);
    if (!content.endsWith("\n")) {
      text.append("<no newline at end>\n");
    }
  }

  /** Returns a capture of a scenario's guest that has come to rest. */
  static String of(Scenario scenario) throws HnvfException {
    SimulatedGuest guest = scenario.shell(new RcConfShell(new ProcessRunner())).start();
    GuestCopyTest.rest(guest);
    return of(guest);
  }

  /**
   * Returns a guest with static addresses, two aliases and a VLAN. The second alias is in rc.conf
   * alone, as after a deletion by hand: hnvf adds it when it moves the others.
   */
  static Scenario withVlan() {
    return Scenario.staticGuest()
        .rcConf("ifconfig_hn0_alias1=\"inet 10.0.2.52 netmask 255.255.255.255\"")
        .rcConf("cloned_interfaces=\"vlan7\"")
        .rcConf("ifconfig_vlan7=\"inet 198.51.100.5/24 vlan 7 vlandev hn0 vlanpcp 3 mtu 1400\"");
  }
}

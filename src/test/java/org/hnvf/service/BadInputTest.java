package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.OperatorWord;
import org.hnvf.model.PairState;
import org.hnvf.model.UserException;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** After any bad input: a clear message, the right exit status, and a reachable guest. */
final class BadInputTest {

  private static final ImmutableList<String> ADDRESS = ImmutableList.of("10.0.2.15/24");

  private static UserException refused(Guest guest, ExitCode exitCode, Executable verb)
      throws HnvfException {
    int before = guest.sim.history().size();
    UserException fault = assertThrows(UserException.class, verb);
    assertThat(fault.exitCode()).isEqualTo(exitCode);
    assertThat(guest.changesSince(before)).isEmpty();
    assertThat(guest.silent(ADDRESS)).isEmpty();
    return fault;
  }

  @Test
  void anInterfaceThatIsNoHn() throws HnvfException {
    Guest guest = Guest.of(Scenario.azure());
    for (String name : ImmutableList.of("lo0", "hn7", "em0")) {
      UserException fault =
          refused(
              guest, ExitCode.UNAVAILABLE, () -> guest.orchestrator.vfUp(new InterfaceName(name)));
      assertThat(fault).hasMessageThat().contains(name);
    }
  }

  @Test
  void aVfThatIsNobodys() throws HnvfException {
    Guest guest = Guest.of(Scenario.azure());
    UserException fault =
        refused(
            guest,
            ExitCode.UNAVAILABLE,
            () -> guest.orchestrator.attach(new InterfaceName("mlxen0")));
    assertThat(fault).hasMessageThat().contains("mlxen0 is not the VF of any hn");
  }

  @Test
  void anAttachedInterfaceThatIsNoVfIsNothingToDo() throws HnvfException {
    Guest guest = Guest.of(Scenario.azure());
    guest.type("ifconfig", "lagg5", "create");
    int before = guest.sim.history().size();
    guest.events();
    assertThat(guest.lastReport().exitStatus()).isEqualTo(0);
    assertThat(guest.lastReport().message()).isEqualTo("lagg5 is not a VF");
    assertThat(guest.changesSince(before)).isEmpty();
  }

  @Test
  void aMissingVfList() throws HnvfException {
    Guest guest = Guest.of(Scenario.azure().withoutVfList());
    guest.sim.host().plug(Guest.UNIT);
    UserException fault =
        refused(guest, ExitCode.UNAVAILABLE, () -> guest.orchestrator.vfUp(Guest.HN));
    assertThat(fault).hasMessageThat().contains("hw.hn.vflist is missing");
  }

  @Test
  void anOldKernelWithoutTheModeIsLikeModeZero() throws HnvfException {
    Guest guest = Guest.of(Scenario.azure().oldKernel()).plug();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
  }

  @Test
  void transparentModeChangesNothingAndSaysSo() throws HnvfException {
    Guest guest = Guest.of(Scenario.azure().transparent());
    guest.plug();
    guest.type("ifconfig", "mlxen0", "up");
    int before = guest.sim.history().size();
    guest.events();
    Report report = guest.orchestrator.vfUp(Guest.HN);
    assertThat(report.exitStatus()).isEqualTo(0);
    assertThat(report.message()).contains("hw.hn.vf_transparent is 1");
    assertThat(guest.changesSince(before)).isEmpty();
    assertThat(guest.silent(ADDRESS)).isEmpty();
    for (Executable verb :
        ImmutableList.<Executable>of(
            () -> guest.orchestrator.failover(Guest.HN, Optional.empty()),
            () -> guest.orchestrator.failback(Guest.HN),
            () -> guest.orchestrator.release(Guest.HN))) {
      UserException fault = refused(guest, ExitCode.CONFIGURATION, verb);
      assertThat(fault).hasMessageThat().contains("/boot/loader.conf");
    }
    assertThat(guest.pair().word()).isEqualTo(new OperatorWord.Auto());
    assertThat(guest.pair().backOff()).isEmpty();
  }

  @Test
  void aLaggThatIsSomebodyElsesIsNotTouched() throws HnvfException {
    Guest guest = Guest.of(Scenario.azure().foreignLagg());
    String before = guest.type("ifconfig", "lagg0").stdout();
    guest.plug();
    assertThat(guest.pair().pair().lagg()).hasValue(new InterfaceName("lagg1"));
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    guest.orchestrator.release(Guest.HN);
    assertThat(guest.type("ifconfig", "lagg0").stdout()).isEqualTo(before);
    assertThat(guest.silent(ADDRESS)).isEmpty();
  }

  @Test
  void aBrokenRcConfLeavesAVfThatIsDownDown() throws HnvfException, IOException {
    Guest guest = Guest.of(Scenario.azure());
    guest.append("/etc/rc.conf", "ifconfig_hn0=\"oops\n");
    int before = guest.sim.history().size();
    guest.plug();
    Report report = guest.reports.get(0);
    assertThat(report.exitStatus()).isEqualTo(ExitCode.CONFIGURATION.status());
    assertThat(report.failures().get(0)).contains("/etc/rc.conf");
    assertThat(guest.changesSince(before)).isEmpty();
    assertThat(guest.isUp("mlxen0")).isFalse();
    assertThat(guest.silent(ADDRESS)).isEmpty();
    assertThat(guest.pair().held()).isPresent();
  }

  @Test
  void aBrokenRcConfTakesAVfThatIsUpDown() throws HnvfException, IOException {
    Guest guest = Guest.of(Scenario.azure());
    guest.append("/etc/rc.conf", "if then\n");
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();
    guest.type("ifconfig", "mlxen0", "up");
    assertThat(guest.silent(ADDRESS)).isEqualTo(ADDRESS);
    guest.events();
    assertThat(guest.isUp("mlxen0")).isFalse();
    assertThat(guest.silent(ADDRESS)).isEmpty();
    assertThat(guest.reports.get(0).exitStatus()).isEqualTo(ExitCode.CONFIGURATION.status());
    assertThat(guest.reports.get(0).message()).contains("reachable over hn0");
  }

  @Test
  void withoutShAVfThatIsUpGoesDownAndFailoverStillWorks() throws HnvfException {
    Guest guest = Guest.withoutShell(Scenario.azure());
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();
    guest.type("ifconfig", "mlxen0", "up");
    guest.events();
    assertThat(guest.reports.get(0).exitStatus()).isEqualTo(ExitCode.SYSTEM.status());
    assertThat(guest.isUp("mlxen0")).isFalse();
    assertThat(guest.silent(ADDRESS)).isEmpty();
    assertThat(guest.orchestrator.failover(Guest.HN, Optional.empty()).exitStatus()).isEqualTo(0);
  }

  @Test
  void aBrokenRcConfDoesNotStandInTheWayOfFailoverAndRelease() throws HnvfException, IOException {
    Guest guest = Guest.of(Scenario.azure()).plug();
    guest.append("/etc/rc.conf", "if then\n");
    assertThat(guest.orchestrator.failover(Guest.HN, Optional.empty()).exitStatus()).isEqualTo(0);
    assertThat(guest.orchestrator.release(Guest.HN).exitStatus()).isEqualTo(0);
    assertThat(guest.addresses("hn0")).isEqualTo(ADDRESS);
    assertThat(guest.pair().dhcp()).containsExactly("hn0");
    assertThat(guest.silent(ADDRESS)).isEmpty();
  }

  @Test
  void aScriptThatOthersMayWriteToIsNotRunAndNothingInItsPlace() throws HnvfException, IOException {
    Guest guest = Guest.of(Scenario.azure());
    script(guest, "rwxrwxr-x");
    guest.plug();
    assertThat(guest.reports.get(1).exitStatus()).isEqualTo(ExitCode.CONFIGURATION.status());
    assertThat(guest.reports.get(1).failures().get(0)).contains("hyperv_vfup.hn0 was not run");
    assertThat(guest.pair().pair().lagg()).isEmpty();
    assertThat(guest.isUp("mlxen0")).isFalse();
    assertThat(guest.silent(ADDRESS)).isEmpty();
  }

  @Test
  void aRefusedScriptAndAVfThatIsUpEndOverHn() throws HnvfException, IOException {
    Guest guest = Guest.of(Scenario.azure());
    script(guest, "rw-r--r--");
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();
    guest.type("ifconfig", "mlxen0", "up");
    guest.events();
    assertThat(guest.isUp("mlxen0")).isFalse();
    assertThat(guest.silent(ADDRESS)).isEmpty();
  }

  static void script(Guest guest, String mode) throws IOException {
    guest.write("/usr/libexec/hyperv/hyperv_vfup.hn0", "#!/bin/sh\n");
    Files.setAttribute(
        guest.path("/usr/libexec/hyperv/hyperv_vfup.hn0"),
        "posix:permissions",
        PosixFilePermissions.fromString(mode));
  }
}

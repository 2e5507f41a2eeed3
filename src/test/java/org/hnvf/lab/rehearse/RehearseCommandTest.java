package org.hnvf.lab.rehearse;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.hnvf.cli.ProductGuests;
import org.hnvf.lab.cli.LabVerbs;
import org.hnvf.lab.cli.SimulatedGuests;
import org.hnvf.lab.soak.FaultReport;
import org.hnvf.lab.soak.SingleFaults;
import org.hnvf.model.Command;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.sim.Scenario;
import org.hnvf.sim.SimulatedGuest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hnvf rehearse}, mostly through the front door. */
final class RehearseCommandTest {

  private static final HnUnit UNIT = new HnUnit(0);

  /** Of the single faults a test tries some of everything. */
  private static final int SOME = 150;

  @TempDir private Path directory = Path.of("");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... words) {
    return LabVerbs.commandLine(
            new PrintWriter(out),
            new PrintWriter(err),
            new SimulatedGuests(new ProductGuests(), directory))
        .run(ImmutableList.copyOf(words));
  }

  private String file(String capture) throws IOException {
    return Files.writeString(directory.resolve("guest.capture"), capture).toString();
  }

  private static String table(String text, String heading) {
    int start = text.indexOf(heading);
    return text.substring(start, text.indexOf("\n\n", start) + 1);
  }

  private static void type(SimulatedGuest guest, String program, String... arguments) {
    assertThat(guest.run(Command.changing(Duration.ofMinutes(1), program, arguments)).succeeded())
        .isTrue();
  }

  @Test
  void aDhcpGuestIsRehearsed() throws HnvfException, IOException {
    int status = run("rehearse", "--quick", "--from", file(CaptureText.of(Scenario.azure())));
    assertWithMessage(out.toString() + err).that(status).isEqualTo(0);
    assertThat(out.toString()).contains("the copy answers 16 of 16 commands as the guest did\n");
    assertThat(out.toString())
        .contains(
            "bring-up                     on-vf-up      lagg0  1 address, 1 route, dhclient  -");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aStaticGuestWithAliasesAndAVlanIsRehearsed() throws HnvfException, IOException {
    int status =
        run("rehearse", "hn0", "--quick", "--from", file(CaptureText.of(CaptureText.withVlan())));
    assertWithMessage(out.toString() + err).that(status).isEqualTo(0);
    assertThat(table(out.toString(), "OCCASION"))
        .isEqualTo(
            """
            OCCASION                     STRATEGY      ON     MOVED                        STAYED                       VF  LONGEST CUT
            bring-up                     on-vf-up      lagg0  4 addresses, 1 route, vlan7  -                            -   210 ms
            bring-up                     before-vf-up  lagg0  4 addresses, 1 route, vlan7  -                            -   140 ms
            bring-up of a VF that is up  on-vf-up      lagg0  4 addresses, 1 route, vlan7  -                            -   1315 ms
            bring-up of a VF that is up  before-vf-up  lagg0  4 addresses, 1 route, vlan7  -                            -   1315 ms
            return                       on-vf-up      lagg0  4 addresses, 1 route, vlan7  -                            -   0 ms
            revoke                       on-vf-up      lagg0  4 addresses, 1 route, vlan7  -                            -   0 ms
            failover                     on-vf-up      lagg0  4 addresses, 1 route, vlan7  -                            -   0 ms
            failback                     on-vf-up      lagg0  4 addresses, 1 route, vlan7  -                            -   0 ms
            release                      on-vf-up      hn0    -                            4 addresses, 1 route, vlan7  -   140 ms
            repair                       on-vf-up      lagg0  4 addresses, 1 route, vlan7  -                            -   420 ms
            boot                         on-vf-up      lagg0  4 addresses, 1 route, vlan7  -                            -   16280 ms
            """);
    assertThat(out.toString()).contains("10.0.2.51");
  }

  @Test
  void theAnswerIsDataToo() throws HnvfException, IOException {
    int status =
        run("rehearse", "--quick", "--json", "--from", file(CaptureText.of(Scenario.azure())));
    assertThat(status).isEqualTo(0);
    assertThat(out.toString()).contains("\"faithful\" : true");
    assertThat(out.toString()).contains("\"stranded\" : false");
    assertThat(out.toString()).contains("\"occasion\" : \"release\"");
  }

  @Test
  void someOfAllFaultsStrandNobody() throws HnvfException {
    for (Scenario scenario : ImmutableList.of(Scenario.azure(), CaptureText.withVlan())) {
      GuestCopy copy = copy(CaptureText.of(scenario));
      FaultReport report = some(copy.trials(UNIT).faults(ImmutableList.of()));
      assertWithMessage(report.toString()).that(report.stranded()).isEmpty();
      assertThat(report.tried()).isAtLeast(SOME);
      assertThat(report.of()).isAtLeast(3_000);
    }
  }

  private static FaultReport some(SingleFaults faults) throws HnvfException {
    AtomicInteger tried = new AtomicInteger();
    return faults.run(2, () -> tried.get() >= SOME, tried::set);
  }

  private static GuestCopy copy(String capture) throws HnvfException {
    return new GuestCopy(new CapturedGuest(CaptureFile.parse("x", capture.getBytes(UTF_8))));
  }

  @Test
  void anEndBeforeAllFaultsWereTriedIsTold() throws HnvfException, IOException {
    int status = run("rehearse", "--time", "1s", "--from", file(CaptureText.of(Scenario.azure())));
    assertWithMessage(out.toString() + err).that(status).isEqualTo(75);
    assertThat(out.toString()).containsMatch("[0-9,]+ of [0-9,]+ single faults \\([0-9]+ %\\)");
    assertThat(out.toString()).contains(": 0 stranded\n");
    assertThat(out.toString()).contains("the median of 11 starts of sh on this machine.\n");
    // The progress is for a terminal, and the front has named none.
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aGuestThatCannotBeBuiltIsNotRehearsed() throws HnvfException, IOException {
    String capture =
        CaptureText.of(Scenario.azure())
            .replace(
                "10.0.2.2           UGS             hn0", "10.0.2.2           UGS            tun9");
    int status = run("rehearse", "--quick", "--from", file(capture));
    assertThat(status).isEqualTo(65);
    assertThat(out.toString())
        .contains("DIFFERENT  netstat -rn: routes\n  - default 10.0.2.2 UGS tun9\n");
    assertThat(out.toString())
        .endsWith("the copy has another network configuration; nothing was rehearsed\n");
  }

  @Test
  void whatIsRefusedIsToldWithItsReason() throws HnvfException, IOException {
    SimulatedGuest guest = Scenario.staticGuest().start();
    GuestCopyTest.rest(guest);
    type(guest, "ifconfig", "bridge0", "create");
    type(guest, "ifconfig", "bridge0", "addm", "hn0", "up");
    String capture = CaptureText.of(guest, CaptureText.rcOf(Scenario.staticGuest()));
    int status = run("rehearse", "--quick", "--from", file(capture));
    assertWithMessage(out.toString() + err).that(status).isEqualTo(0);
    assertThat(out.toString())
        .containsMatch("bring-up +on-vf-up +hn0 +- +3 addresses, 1 route +refused");
    assertThat(out.toString()).containsMatch("refused: .*bridge0");
  }

  @Test
  void aGuestWithAVfInItsLaggIsRehearsedFromItsHnOn() throws HnvfException, IOException {
    SimulatedGuest guest = Scenario.staticGuest().start();
    GuestCopyTest.rest(guest);
    guest.host().plug(UNIT);
    type(guest, "ifconfig", "lagg0", "create", "laggproto", "failover", "up");
    type(guest, "ifconfig", "hn0", "inet", "10.0.2.51", "-alias");
    type(guest, "ifconfig", "hn0", "inet", "10.0.2.50", "-alias");
    type(guest, "ifconfig", "hn0", "inet6", "2001:db8::50", "-alias");
    type(guest, "ifconfig", "mlxen0", "up");
    type(guest, "ifconfig", "lagg0", "laggport", "hn0", "laggport", "mlxen0");
    type(guest, "ifconfig", "lagg0", "inet", "10.0.2.50/24");
    type(guest, "ifconfig", "lagg0", "inet", "10.0.2.51/32", "alias");
    type(guest, "ifconfig", "lagg0", "inet6", "2001:db8::50/64", "-ifdisabled");
    type(guest, "route", "-q", "add", "default", "10.0.2.2");
    GuestCopyTest.rest(guest);
    String capture = CaptureText.of(guest, CaptureText.rcOf(Scenario.staticGuest()));
    int status = run("rehearse", "--quick", "--from", file(capture));
    assertWithMessage(out.toString() + err).that(status).isEqualTo(0);
    assertThat(out.toString()).contains("the copy answers 16 of 16 commands as the guest did\n");
    assertThat(out.toString())
        .containsMatch("bring-up +before-vf-up +3 +140 ms +\\d+ ms +10.0.2.50, 10.0.2.51");
    assertThat(out.toString()).doesNotContain("not tried");
  }

  @Test
  void aCopyThatDoesNotAnswerIsNotRehearsed() throws HnvfException, IOException {
    String capture =
        CaptureText.of(Scenario.staticGuest()).replace("\tstatus: active", "\tstatus: no carrier");
    assertThat(run("rehearse", "--quick", "--from", file(capture))).isEqualTo(65);
    assertThat(err.toString()).contains("no address of hn0 answers on the copy");
  }

  @Test
  void theWordsAreChecked() throws HnvfException, IOException {
    assertThat(run("rehearse")).isEqualTo(64);
    assertThat(err.toString()).contains("run `hnvf capture FILE` on the guest as root");
    String file = file(CaptureText.of(Scenario.azure()));
    assertThat(run("rehearse", "--from", file, "--time", "soon")).isEqualTo(64);
    assertThat(run("rehearse", "hn3", "--from", file)).isEqualTo(69);
    assertThat(run("rehearse", "em0", "--from", file)).isEqualTo(69);
    assertThat(run("rehearse", "--from", directory.resolve("none").toString())).isEqualTo(65);
    assertThat(out.toString()).isEmpty();
  }
}

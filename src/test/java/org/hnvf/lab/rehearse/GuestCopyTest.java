package org.hnvf.lab.rehearse;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.SplittableRandom;
import org.hnvf.model.Command;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.UserException;
import org.hnvf.sim.Scenario;
import org.hnvf.sim.SimulatedGuest;
import org.junit.jupiter.api.Test;

/** A copy answers as the captured guest did, or says what it cannot. */
final class GuestCopyTest {

  /** {@code -Dhnvf.mutations=100000} tries more. */
  private static final int MUTATIONS = Integer.getInteger("hnvf.mutations", 1_000);

  private static final int BUILT_ONE_OF = 50;

  static void rest(SimulatedGuest guest) {
    try {
      guest.timer().sleep(Duration.ofSeconds(20));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static CapturedGuest captured(String text) throws UserException {
    return new CapturedGuest(CaptureFile.parse("x.capture", text.getBytes(UTF_8)));
  }

  private static ImmutableList<Difference> differences(String text) throws HnvfException {
    CapturedGuest captured = captured(text);
    return Faithfulness.differences(captured, new GuestCopy(captured).asCaptured());
  }

  private static void type(SimulatedGuest guest, String line) {
    String[] words = line.split(" ", -1);
    String[] arguments = new String[words.length - 1];
    System.arraycopy(words, 1, arguments, 0, arguments.length);
    assertWithMessage(line)
        .that(guest.run(Command.changing(Duration.ofMinutes(1), words[0], arguments)).succeeded())
        .isTrue();
  }

  @Test
  void guestsThatRcConfMakesAreCopied() throws HnvfException {
    assertThat(differences(CaptureText.of(Scenario.azure()))).isEmpty();
    assertThat(differences(CaptureText.of(CaptureText.withVlan()))).isEmpty();
    assertThat(differences(CaptureText.of(Scenario.azure().slaac()))).isEmpty();
    assertThat(differences(CaptureText.of(Scenario.azure().nics(2).dhcpOnAllNics()))).isEmpty();
    assertThat(differences(CaptureText.of(Scenario.azure().transparent()))).isEmpty();
  }

  @Test
  void whatWasDoneByHandIsCopied() throws HnvfException {
    SimulatedGuest guest = Scenario.staticGuest().start();
    rest(guest);
    type(guest, "ifconfig hn0 inet 10.0.2.61/32 alias");
    type(guest, "ifconfig hn0 description uplink");
    type(guest, "ifconfig hn0 group ext");
    type(guest, "route -q add -net 192.0.2.0/24 10.0.2.9");
    type(guest, "route -q delete default");
    guest.host().plug(new HnUnit(0), "mce");
    type(guest, "ifconfig mce0 up");
    String text = CaptureText.of(guest, CaptureText.rcOf(Scenario.staticGuest()));
    assertThat(differences(text)).isEmpty();
  }

  /** rc.d/routing adds them to each table (seen on FreeBSD 15.0 with net.fibs 2). */
  @Test
  void theLoopbackRoutesOfASecondTableAreCopied() throws HnvfException {
    SimulatedGuest guest = Scenario.azure().start();
    rest(guest);
    type(guest, "sysctl net.fibs=2");
    String text =
        CaptureText.of(guest, CaptureText.rcOf(Scenario.azure()))
            + """
            $ netstat -rn -F 1
            [stdout]
            Routing tables (fib: 1)

            Internet:
            Destination        Gateway            Flags         Netif Expire
            127.0.0.1          link#1             UHS             lo0

            Internet6:
            Destination                       Gateway                       Flags         Netif Expire
            ::/96                             link#1                        URS             lo0
            ::1                               link#1                        UHS             lo0
            ::ffff:0.0.0.0/96                 link#1                        URS             lo0
            fe80::%lo0/10                     link#1                        URS             lo0
            ff02::/16                         link#1                        URS             lo0
            [exit 0] (0.329 s)

            """;
    assertThat(differences(text)).isEmpty();
  }

  @Test
  void anotherNetworkThanTheUsualIsCopied() throws HnvfException {
    String text =
        CaptureText.of(Scenario.azure())
            .replace("10.0.2.", "172.20.33.")
            .replace("00:15:5d:0a:0b:10", "00:0d:3a:11:22:33");
    assertThat(differences(text)).isEmpty();
  }

  @Test
  void anInterfaceOfNoPairIsLeftOut() throws HnvfException {
    String tunnel = "wg0: flags=10080c1<UP,RUNNING,NOARP,MULTICAST,LOWER_UP> metric 0 mtu 1420\n";
    String text =
        CaptureText.of(Scenario.azure()).replace("\nhn0: flags", "\n" + tunnel + "hn0: flags");
    assertThat(captured(text).leftOut()).containsExactly("wg0");
    assertThat(differences(text)).isEmpty();
  }

  @Test
  void aConfigurationThatCannotBeBuiltDecides() throws HnvfException {
    String text =
        CaptureText.of(Scenario.azure())
            .replace(
                "default            10.0.2.2           UGS             hn0",
                "default            10.0.2.2           UGS             tun9");
    ImmutableList<Difference> differences = differences(text);
    assertThat(differences.stream().anyMatch(Difference::decides)).isTrue();
  }

  private static String entry(String command, String output) {
    return "$ " + command + "\n[stdout]\n" + output + "\n[exit 0] (0.000 s)\n\n";
  }

  @Test
  void filesThatNameAnHnAreCopiedLineByLine() throws HnvfException {
    String text =
        CaptureText.of(Scenario.azure())
            + entry("hnvf-mentions hn0", "/etc/natd.conf:3 interface hn0")
            + entry("ls /var/run/resolvconf/interfaces", "hn0");
    assertThat(differences(text)).isEmpty();
    SimulatedGuest copy = new GuestCopy(captured(text)).asCaptured();
    assertThat(copy.files().read("/etc/natd.conf")).hasValue("\n\ninterface hn0\n");
  }

  @Test
  void aGuestWithAnOverrideScriptIsNotPretended() throws HnvfException {
    String text =
        CaptureText.of(Scenario.azure())
            + entry(
                "hnvf-override-scripts", "/usr/local/libexec/hnvf/hyperv_vfup.hn0 root -rwxr-xr-x");
    ImmutableList<Difference> differences = differences(text);
    assertThat(differences).hasSize(1);
    assertThat(differences.get(0).decides()).isTrue();
    assertThat(differences.get(0).what()).isEqualTo("override scripts are not copied");
  }

  @Test
  void hooksAreIgnored() throws HnvfException {
    String text =
        CaptureText.of(Scenario.azure())
            + entry("hnvf-hooks", "/usr/local/etc/hnvf/hooks.d/mail owner root mode 0755");
    assertThat(differences(text)).isEmpty();
  }

  @Test
  void aCaptureWithoutWhatIsNeededIsRefused() throws HnvfException {
    String whole = CaptureText.of(Scenario.azure());
    int start = whole.indexOf("$ netstat -rn");
    String without = whole.substring(0, start) + whole.substring(whole.indexOf("$ ", start + 2));
    UserException refusal = assertThrows(UserException.class, () -> captured(without));
    assertThat(refusal).hasMessageThat().contains("has no answer to `netstat -rn`");
    assertThat(refusal.exitCode()).isEqualTo(ExitCode.BAD_DATA);
    UserException other =
        assertThrows(UserException.class, () -> captured(whole.replace("hn0", "em0")));
    assertThat(other).hasMessageThat().contains("shows no hn");
  }

  /** A mutated capture that the reader accepts can be built and compared, or is refused. */
  @Test
  void noMutationBreaksTheCopy() throws HnvfException {
    byte[] original = CaptureText.of(CaptureText.withVlan()).getBytes(UTF_8);
    SplittableRandom random = new SplittableRandom(2).split();
    int built = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] mutated = CaptureReaderTest.mutated(original, random);
      try {
        differences(new String(mutated, UTF_8));
        built++;
      } catch (UserException e) {
        assertThat(e.exitCode()).isAnyOf(ExitCode.BAD_DATA, ExitCode.CONFIGURATION);
      } catch (RuntimeException e) {
        throw new AssertionError("mutation " + i + ":\n" + new String(mutated, UTF_8), e);
      }
    }
    assertThat(built).isAtLeast(MUTATIONS / BUILT_ONE_OF);
  }
}

package org.hnvf.lab.replay;

import static com.google.common.truth.Truth.assertThat;

import org.hnvf.lab.StockScripts;
import org.hnvf.lab.replay.Trace.Effect;
import org.hnvf.sim.Scenario;
import org.hnvf.sim.SimulatedGuest;
import org.junit.jupiter.api.Test;

/** As much of sh as transcripts need. */
final class ShellTest {
  private final Shell shell = new Shell(programs());

  private static GuestPrograms programs() {
    SimulatedGuest guest = Scenario.bare().start();
    return new GuestPrograms(
        guest, new StockScripts(guest, StockScripts.Edition.MENDED, true, e -> {}), false);
  }

  private String out(String line) {
    Shell.Ran ran = shell.line(line);
    assertThat(ran.trace().reason()).isEmpty();
    return ran.said().stdout();
  }

  @Test
  void quotesAndStatus() {
    assertThat(out("echo 'a  b' \"c $?\" d")).isEqualTo("a  b c 0 d\n");
    assertThat(out("ifconfig nosuch0 2>/dev/null; echo rc=$?")).isEqualTo("rc=1\n");
    assertThat(out("ifconfig nosuch0 2>/dev/null && echo yes || echo no")).isEqualTo("no\n");
  }

  @Test
  void filesAndRedirections() {
    assertThat(
            out("printf 'a=1\\nb=2\\n' > /etc/rc.conf; echo c >> /etc/rc.conf; cat /etc/rc.conf"))
        .isEqualTo("a=1\nb=2\nc\n");
    assertThat(out("ifconfig nosuch0 > /tmp/x 2>&1; cat /tmp/x"))
        .isEqualTo("ifconfig: interface nosuch0 does not exist\n");
    assertThat(out("ifconfig nosuch0 2>&1 | grep -c exist")).isEqualTo("1\n");
  }

  @Test
  void loopsAndSubstitutions() {
    assertThat(out("for a in 1 `echo 2 3` $(echo 4); do echo n$a; done"))
        .isEqualTo("n1\nn2\nn3\nn4\n");
  }

  @Test
  void filters() {
    assertThat(out("echo lo0 hn0 | grep -v HN0 | grep -iE '(HN|mce)[0-9]'")).isEqualTo("lo0 hn0\n");
    assertThat(out("echo abc > /tmp/a; sed s/b/x/ /tmp/a")).isEqualTo("axc\n");
    assertThat(shell.line("echo a | grep b").said().status()).isEqualTo(1);
  }

  @Test
  void whatIsNotUnderstoodMayHaveChangedAnything() {
    Trace trace = shell.line("while true; do ifconfig hn0 -alias; done").trace();
    assertThat(trace.reason()).hasValue("\"while\" of sh");
    assertThat(trace.effect()).isEqualTo(Effect.ANYTHING);
    assertThat(shell.line("uname -a; ls /").trace().effect()).isEqualTo(Effect.NONE);
    assertThat(shell.line("service netif restart").trace().effect()).isEqualTo(Effect.ANYTHING);
  }

  @Test
  void theRigIsTheHost() {
    assertThat(out("sysctl debug.fakehn.vfdname=mce; sysctl debug.fakehn.vf_plug=0; ifconfig -l"))
        .isEqualTo(
            "debug.fakehn.vfdname: mlxen -> mce\ndebug.fakehn.vf_plug: -1 -> -1\nlo0 hn0 mce0\n");
    assertThat(out("sysctl debug.fakehn.link='mce0 down'; ifconfig mce0 | grep status"))
        .isEqualTo("debug.fakehn.link:  -> \n\tstatus: no carrier\n");
  }
}

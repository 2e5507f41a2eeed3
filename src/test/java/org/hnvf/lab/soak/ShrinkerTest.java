package org.hnvf.lab.soak;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.Strategy;
import org.hnvf.sim.HostAction;
import org.junit.jupiter.api.Test;

/** A case that fails becomes the smallest that fails in the same way, always the same one. */
final class ShrinkerTest {

  private static final ScenarioEvent PLUG =
      new ScenarioEvent.ByHost(Duration.ofSeconds(3), HostAction.plug(new HnUnit(1), "mce"));
  private static final ScenarioEvent RELEASE =
      new ScenarioEvent.ByOperator(
          Duration.ofSeconds(30), ScenarioEvent.Verb.RELEASE, 1, Optional.empty());
  private static final Fault KILL = new Fault(Fault.Target.CHANGE, 7, Fault.Kind.KILL_BEFORE);

  /** Everything that can be left out, and what cannot. */
  private static Case drawn() {
    ImmutableList.Builder<ScenarioEvent> script = ImmutableList.builder();
    for (int second = 1; second < 8; second++) {
      script.add(new ScenarioEvent.Restart(Duration.ofSeconds(second)));
    }
    script.add(
        PLUG, new ScenarioEvent.ByOther(Duration.ofSeconds(20), ScenarioEvent.Stray.ALIAS, 2));
    script.add(RELEASE, new ScenarioEvent.Reboot(Duration.ofSeconds(40)));
    return new Case(
        "seed 7",
        7,
        new GuestDraw(
            GuestDraw.Address.DHCP,
            GuestDraw.Ipv6.STATIC,
            true,
            true,
            2,
            4,
            GuestDraw.Kernel.OLD,
            GuestDraw.Foreign.EMPTY,
            GuestDraw.Script.WORKS,
            30,
            true,
            Strategy.BEFORE_VF_UP),
        script.build(),
        ImmutableList.of(
            new Fault(Fault.Target.FILE, 3, Fault.Kind.TORN),
            KILL,
            new Fault(Fault.Target.COMMAND, 9, Fault.Kind.HANGS)),
        new Case.Delivery(15, 30, 15, Duration.ofSeconds(40)),
        Duration.ofSeconds(100));
  }

  /** The planted fault: only these together show it, on a DHCP guest, where events are late. */
  private static ImmutableList<String> planted(Case drawn) {
    boolean shows =
        drawn.script().contains(PLUG)
            && drawn.script().contains(RELEASE)
            && drawn.faults().contains(KILL)
            && drawn.guest().address() == GuestDraw.Address.DHCP
            && drawn.delivery().late() > 0;
    return shows
        ? ImmutableList.of("10.0.3." + drawn.script().size() + "/24 is not on lagg1")
        : ImmutableList.of("something else");
  }

  private static Shrinker.Shrunk shrunk(List<Case> runs, int most) throws HnvfException {
    return new Shrinker(
            smaller -> {
              runs.add(smaller);
              return planted(smaller);
            },
            most)
        .shrink(drawn(), planted(drawn()));
  }

  @Test
  void onlyWhatIsNeededIsLeft() throws HnvfException {
    Case smallest = shrunk(new ArrayList<>(), 500).drawn();
    assertThat(smallest.script()).containsExactly(PLUG, RELEASE).inOrder();
    assertThat(smallest.faults()).containsExactly(KILL);
    assertThat(smallest.delivery()).isEqualTo(new Case.Delivery(0, 0, 15, Duration.ofSeconds(40)));
    assertThat(smallest.guest().toString())
        .isEqualTo("DHCP, IPv6 NONE, 2 hn, kernel NETLINK, delay 2 s, strategy ON_VF_UP");
  }

  @Test
  void theSameCaseBecomesTheSameOneInTheSameWay() throws HnvfException {
    List<Case> once = new ArrayList<>();
    List<Case> again = new ArrayList<>();
    assertThat(shrunk(once, 500)).isEqualTo(shrunk(again, 500));
    assertThat(once).isEqualTo(again);
  }

  @Test
  void noMoreRunsThanAllowed() throws HnvfException {
    List<Case> runs = new ArrayList<>();
    assertThat(shrunk(runs, 5).runs()).isEqualTo(5);
    assertThat(runs).hasSize(5);
  }

  @Test
  void aCaseThatFailsInAnotherWayIsNotTaken() throws HnvfException {
    Shrinker.Shrunk shrunk =
        new Shrinker(
                smaller ->
                    ImmutableList.of(
                        smaller.faults().size() == 3 ? "mce1 is up" : "10.0.2.15 does not answer"),
                500)
            .shrink(drawn(), ImmutableList.of("mlxen0 is up"));
    assertThat(shrunk.drawn().faults()).hasSize(3);
    assertThat(shrunk.drawn().script()).isEmpty();
  }
}

package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.guest.GuestReader;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.HnvfException;
import org.hnvf.model.PairState;
import org.hnvf.model.Route;
import org.hnvf.sim.Crowd;
import org.hnvf.sim.HistoryEntry;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.api.Test;

/** Interfaces, routes and processes of others do not change how a configuration moves. */
final class LargeGuestTest {

  private static final ImmutableList<String> ADDRESSES =
      ImmutableList.of("10.0.2.50/24", "2001:db8::50/64");

  private static Guest of(Scenario scenario) {
    Guest guest = Guest.of(scenario);
    guest.sim.crowd(new Crowd(50, 20_000, 550));
    return guest;
  }

  private static ImmutableList<String> commands(Guest guest) {
    return guest.sim.history().stream()
        .map(HistoryEntry::result)
        .map(CommandResult::command)
        .map(Command::line)
        .collect(ImmutableList.toImmutableList());
  }

  private static Guest withRoutes(Guest guest) {
    guest.type("route", "-6", "-q", "add", "default", "2001:db8::77");
    guest.type("route", "-6", "-q", "add", "2001:db8:77::/48", "2001:db8::9");
    guest.type("route", "-q", "add", "-net", "192.0.2.0/24", "10.0.2.9");
    return guest;
  }

  /** Its output is larger than the kept part: without a filter there would be no reading. */
  @Test
  void itsUnfilteredOutputIsCut() {
    Guest guest = of(Scenario.staticGuest());

    assertThat(guest.type("netstat", "-rn").missing()).isPresent();
    assertThat(
            guest
                .type("ps", "-axww", "-o", "pid=", "-o", "ruid=", "-o", "jid=", "-o", "command=")
                .missing())
        .isPresent();
    assertThat(guest.type("ifconfig", "-a").stdout()).contains("em49: flags=");
  }

  @Test
  void allThatIsBehindTheCrowdIsCarried() throws HnvfException {
    Guest guest = withRoutes(of(Scenario.staticGuest())).plug();

    assertThat(guest.lastReport().exitStatus()).isEqualTo(0);
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.staticRoutes("lagg0"))
        .isEqualTo(
            "default 10.0.2.2, 192.0.2.0/24 10.0.2.9, default 2001:db8::77, 2001:db8:77::/48"
                + " 2001:db8::9");
    assertThat(guest.silent(ADDRESSES)).isEmpty();
    assertThat(guest.find("em49").isUp()).isTrue();
  }

  @Test
  void theDhcpClientBehindTheCrowdIsStopped() throws HnvfException {
    Guest guest = of(Scenario.azure()).plug();

    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.pair().dhcp()).containsExactly("lagg0");
    assertThat(guest.sim.hasDhclient("hn0")).isFalse();
  }

  /** Not one process more or less, in the cut or beside it. */
  @Test
  void theSameCommandsAreRunAsOnASmallOne() throws HnvfException {
    assertThat(commands(withRoutes(of(Scenario.staticGuest())).plug()))
        .isEqualTo(commands(withRoutes(Guest.of(Scenario.staticGuest())).plug()));
    assertThat(commands(of(Scenario.azure()).plug()))
        .isEqualTo(commands(Guest.of(Scenario.azure()).plug()));
  }

  /** They stand on the lagg before hn joins it, and leave hn when the default route stands. */
  @Test
  void manyAddressesAddNoProcessToTheCut() throws HnvfException {
    Guest guest = of(Scenario.staticGuest());
    for (int i = 0; i < 500; i++) {
      String address = "10.1." + i / 250 + "." + (i % 250 + 1) + "/32";
      assertThat(guest.type("ifconfig", "hn0", "inet", address, "alias").succeeded()).isTrue();
    }
    guest.plug();

    assertThat(guest.lastReport().exitStatus()).isEqualTo(0);
    assertThat(guest.find("lagg0").addresses().size()).isAtLeast(502);
    assertThat(guest.silent(ImmutableList.of("10.1.0.1/32", "10.1.1.250/32"))).isEmpty();
    assertThat(cut(guest)).isEqualTo(cut(Guest.of(Scenario.staticGuest()).plug()));
    assertThat(cut(guest)).hasSize(3);
  }

  /** From hn's joining to the default route. */
  private static ImmutableList<String> cut(Guest guest) {
    ImmutableList<String> commands = commands(guest);
    int from = Iterables.indexOf(commands, line -> line.contains("laggport hn0"));
    int to = Iterables.indexOf(commands, line -> line.startsWith("route -q add default "));
    return commands.subList(from, to + 1);
  }

  @Test
  void ofTheCrowdsRoutesNoneIsKept() throws HnvfException {
    Guest guest = of(Scenario.staticGuest());

    assertThat(guest.state().routes().stream().map(Route::netif)).doesNotContain("em0");
    assertThat(guest.state().interfaces()).hasSize(52);
  }

  /** It may have been led elsewhere by hand, and must not be added again. */
  @Test
  void aForeignRouteIsKeptWhereAJournalNamesItsDestination() throws HnvfException {
    Guest guest = of(Scenario.staticGuest());
    GuestReader reader =
        new GuestReader(
            guest.sim,
            new NioDurableFiles(guest.sim.root()),
            units -> ImmutableSet.of("11.1.7.0/24"));

    assertThat(
            reader.snapshot().routes().stream()
                .filter(route -> route.netif().equals("em0"))
                .map(Route::destination))
        .containsExactly("11.1.7.0/24");
  }
}

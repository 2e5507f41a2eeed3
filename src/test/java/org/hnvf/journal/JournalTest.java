package org.hnvf.journal;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.exec.DurableFiles;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.exec.Timer;
import org.hnvf.model.BridgeMembership;
import org.hnvf.model.CarpGroup;
import org.hnvf.model.Configuration;
import org.hnvf.model.Configuration.InetAddressAt;
import org.hnvf.model.HnUnit;
import org.hnvf.model.Intent;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Pair;
import org.hnvf.model.Prefix;
import org.hnvf.model.Route;
import org.hnvf.model.SystemException;
import org.hnvf.model.Vlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JournalTest {

  private static final HnUnit UNIT = new HnUnit(0);
  private static final String FILE = "var/db/hnvf/hn0.journal";
  private static final String TEXT =
      """
      hnvf journal 1
      unit 0
      cause VF_UP
      boot 2026-11-22T13:19:49.427942Z
      begun 2026-11-22T13:20:00Z
      attempt 1
      intent USE_LAGG
      hn hn0
      vf mlxen0
      lagg lagg0
      lagg-stood no
      inet 10.0.2.15/24
      inet 10.0.2.61/32 10.0.2.63
      leased 10.0.2.15/24
      lease-over 10.0.2.99/24
      inet6 2001:db8::50/64
      default default 10.0.2.2 UGS hn0
      route 192.0.2.0/24 10.0.2.9 UGS hn0
      route 198.51.100.1 link#4 UHS hn0
      route6 default fe80::1%hn0 UGS hn0
      route6 fe80::%hn0/64 link#4 US hn0
      route6 default 2001:db8::77 UGS hn0 fib 1
      dhcp yes
      ipv6 yes
      accept-rtadv no
      duplicate-detection yes
      description uplink of the vnet
      carp 10 1 100 10.0.2.60/32
      bridge bridge0 LEARNING,STP 64 200 02:00:00:00:00:01
      group outside
      group egress
      fib 1
      vlan vlan7 7 3 1400
      vlan hn0.100 100 0 1500
      plan
        1 stop dhclient on hn0
            kill -TERM 1234
      run
      """;

  private final Path root;
  private final DurableFiles files;
  private final Journal journal;

  JournalTest(@TempDir Path root) {
    this.root = root;
    this.files = new NioDurableFiles(root);
    this.journal = new Journal(files, new Stopped());
  }

  /** A clock that stands still. */
  static final class Stopped implements Timer {
    @Override
    public Instant now() {
      return Instant.parse("2026-11-22T13:20:01.5Z");
    }

    @Override
    public void sleep(Duration duration) {
      throw new AssertionError("nobody waits here");
    }
  }

  @Test
  void destinationsAreThoseOfAllRoutesButTheDefaultOnes() throws SystemException {
    assertThat(journal.destinations(ImmutableSet.of(UNIT))).isEmpty();
    journal.begin(entry());

    assertThat(journal.destinations(ImmutableSet.of(UNIT, new HnUnit(7))))
        .containsExactly("192.0.2.0/24", "198.51.100.1", "fe80::%hn0/64");
  }

  static JournalEntry entry() {
    return new JournalEntry(
        new Pair(
            UNIT,
            new InterfaceName("hn0"),
            Optional.of(new InterfaceName("mlxen0")),
            Optional.of(new InterfaceName("lagg0"))),
        "VF_UP",
        Optional.of(Instant.parse("2026-11-22T13:19:49.427942Z")),
        Instant.parse("2026-11-22T13:20:00Z"),
        1,
        Intent.USE_LAGG,
        false,
        Configuration.builder()
            .inet(
                ImmutableList.of(
                    new InetAddressAt(Prefix.of("10.0.2.15/24"), Optional.empty()),
                    new InetAddressAt(Prefix.of("10.0.2.61/32"), Optional.of("10.0.2.63"))))
            .leased(Optional.of(Prefix.of("10.0.2.15/24")))
            .expiredLease(Optional.of(Prefix.of("10.0.2.99/24")))
            .inet6(ImmutableList.of(Prefix.of("2001:db8::50/64")))
            .defaultRoute(Optional.of(route(false, "default", "10.0.2.2", "UGS")))
            .routes(
                ImmutableList.of(
                    route(false, "192.0.2.0/24", "10.0.2.9", "UGS"),
                    route(false, "198.51.100.1", "link#4", "UHS")))
            .routes6(
                ImmutableList.of(
                    route(true, "default", "fe80::1%hn0", "UGS"),
                    route(true, "fe80::%hn0/64", "link#4", "US"),
                    route(true, "default", "2001:db8::77", "UGS").in(1)))
            .dhcp(true)
            .ipv6(true)
            .description(Optional.of("uplink of the vnet"))
            .groups(ImmutableList.of("outside", "egress"))
            .fib(Optional.of(1))
            .carps(
                ImmutableList.of(
                    new CarpGroup(10, 1, 100, ImmutableList.of(Prefix.of("10.0.2.60/32")))))
            .bridges(
                ImmutableList.of(
                    new BridgeMembership(
                        new InterfaceName("bridge0"),
                        ImmutableSet.of("LEARNING", "STP"),
                        64,
                        200,
                        ImmutableList.of("02:00:00:00:00:01"))))
            .vlans(
                ImmutableList.of(
                    new Vlan(new InterfaceName("vlan7"), 7, 3, 1400),
                    new Vlan(new InterfaceName("hn0.100"), 100, 0, 1500)))
            .build(),
        ImmutableList.of("1 stop dhclient on hn0", "    kill -TERM 1234"),
        Optional.empty());
  }

  private static Route route(boolean ipv6, String destination, String gateway, String flags) {
    return new Route(ipv6, destination, gateway, flags, "hn0", Optional.empty());
  }

  private String text() throws IOException {
    return Files.readString(root.resolve(FILE));
  }

  @Test
  void isTextForAPersonAndReadAsItWasWritten() throws SystemException, IOException {
    journal.begin(entry());

    assertThat(text()).isEqualTo(TEXT);
    assertThat(journal.read(UNIT)).isEqualTo(new Journal.Unfinished(entry()));
  }

  @Test
  void tellsWhatIsDoneAndHowItEnded() throws SystemException, IOException {
    journal.begin(entry());
    journal.remark(UNIT, "step 1 begins");
    journal.remark(UNIT, "step 1 fails: `kill` said\nno");
    journal.end(UNIT, "incomplete: 10.0.2.50/24 is missing");

    assertThat(text())
        .isEqualTo(
            TEXT
                + """
                  13:20:01.500 step 1 begins
                  13:20:01.500 step 1 fails: `kill` said no
                ended 2026-11-22T13:20:01.500Z
                outcome incomplete: 10.0.2.50/24 is missing
                """);
    Journal.Unfinished last = (Journal.Unfinished) journal.read(UNIT);
    assertThat(last.entry().isCutShort()).isFalse();
    assertThat(last.entry().outcome()).hasValue("incomplete: 10.0.2.50/24 is missing");
  }

  @Test
  void whatWasBeingWrittenWhenTheDiskWasFullDoesNotCount() throws SystemException {
    journal.begin(entry());
    files.append("/" + FILE, "outcome don");

    assertThat(journal.read(UNIT)).isEqualTo(new Journal.Unfinished(entry()));

    journal.end(UNIT, "incomplete: x");
    assertThat(((Journal.Unfinished) journal.read(UNIT)).entry().outcome())
        .hasValue("incomplete: x");
  }

  @Test
  void whereThereIsNoneThereIsNothing() {
    assertThat(journal.read(UNIT)).isEqualTo(new Journal.Nothing());
  }

  @Test
  void routeOfAnOddKindIsToldButNotKept() throws SystemException, IOException {
    JournalEntry odd = entry();
    Configuration before = odd.before();
    Route strange = route(false, "192.0.2.0/24", "00:15:5d:00:00:01", "US");
    journal.begin(
        new JournalEntry(
            odd.pair(),
            odd.cause(),
            odd.boot(),
            odd.begun(),
            1,
            odd.intent(),
            false,
            before.toBuilder().routes(ImmutableList.of(strange)).build(),
            odd.steps(),
            Optional.empty()));

    assertThat(text()).contains("  not kept: 192.0.2.0/24 00:15:5d:00:00:01 US hn0\n");
    assertThat(((Journal.Unfinished) journal.read(UNIT)).entry().before().routes()).isEmpty();
  }

  /** Each line of the journal, made hostile or wrong. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "hnvf journal 1=hnvf journal 2",
        "unit 0=unit -1",
        "unit 0=unit 7",
        "begun 2026-11-22T13:20:00Z=begun yesterday",
        "boot 2026-11-22T13:19:49.427942Z=boot long ago",
        "attempt 1=attempt many",
        "intent USE_LAGG=intent java.lang.Runtime",
        "hn hn0=hn hn0;reboot",
        "hn hn0=hn ../../etc/passwd",
        "vf mlxen0=vf -mlxen0",
        "lagg lagg0=lagg $(reboot)",
        "lagg-stood no=lagg-stood perhaps",
        "inet 10.0.2.15/24=inet 10.0.2.300/24",
        "inet 10.0.2.15/24=inet 10.0.2.15/33",
        "inet 10.0.2.15/24=inet 2001:db8::1/64",
        "inet 10.0.2.61/32 10.0.2.63=inet 10.0.2.61/32 -alias",
        "inet 10.0.2.61/32 10.0.2.63=inet 10.0.2.61/32 10.0.2.63 alias",
        "leased 10.0.2.15/24=leased somewhere",
        "inet6 2001:db8::50/64=inet6 10.0.2.15/24",
        "default default 10.0.2.2 UGS hn0=default 10.0.0.0/8 10.0.2.2 UGS hn0",
        "default default 10.0.2.2 UGS hn0=default default -reject UGS hn0",
        "route 192.0.2.0/24 10.0.2.9 UGS hn0=route 192.0.2.0/24 10.0.2.9 UGS",
        "route 192.0.2.0/24 10.0.2.9 UGS hn0=route 192.0.2.0/40 10.0.2.9 UGS hn0",
        "route 192.0.2.0/24 10.0.2.9 UGS hn0=route 192.0.2.0/24 10.0.2.9 U;GS hn0",
        "route6 default fe80::1%hn0 UGS hn0=route6 default fe80::1%hn0;x UGS hn0",
        "route6 default fe80::1%hn0 UGS hn0=route6 default 10.0.2.2 UGS hn0",
        "dhcp yes=dhcp 1",
        "dhcp yes=dhcp yes\ndhcp yes",
        "bridge bridge0 LEARNING,STP 64 200 02:00:00:00:00:01=bridge bridge0 LEARNING,stp 64 200",
        "bridge bridge0 LEARNING,STP 64 200 02:00:00:00:00:01=bridge bridge0 STP -1 200",
        "bridge bridge0 LEARNING,STP 64 200 02:00:00:00:00:01=bridge bridge0 STP 64 200 $(reboot)",
        "carp 10 1 100 10.0.2.60/32=carp 10 1 300 10.0.2.60/32",
        "carp 10 1 100 10.0.2.60/32=carp 10 1 100",
        "carp 10 1 100 10.0.2.60/32=carp 10 1 100 10.0.2.60/32 pass",
        "fib 1=fib one",
        "vlan vlan7 7 3 1400=vlan vlan7 7 3",
        "vlan vlan7 7 3 1400=vlan vlan7;reboot 7 3 1400",
        "vlan vlan7 7 3 1400=vlan vlan7 0 3 1400",
        "vlan vlan7 7 3 1400=vlan vlan7 4095 3 1400",
        "vlan vlan7 7 3 1400=vlan vlan7 7 8 1400",
        "vlan vlan7 7 3 1400=vlan vlan7 7 3 -1",
        "UGS hn0 fib 1=UGS hn0 fib 0",
        "UGS hn0 fib 1=UGS hn0 fib -1",
        "UGS hn0 fib 1=UGS hn0 table 1",
        "fib 1=command reboot",
        "dhcp yes=",
      })
  void isNotBelievedWhereItIsNotWhatHnvfWrites(String change) throws SystemException, IOException {
    journal.begin(entry());
    int equals = change.indexOf('=');
    String edited =
        text().replace(change.substring(0, equals) + "\n", change.substring(equals + 1) + "\n");
    assertWithMessage("the test changes something").that(edited).isNotEqualTo(text());
    Files.writeString(root.resolve(FILE), edited);

    Journal.Unreadable unreadable = (Journal.Unreadable) journal.read(UNIT);

    assertThat(unreadable.reason()).contains("hn0.journal");
  }

  @Test
  void linkInItsPlaceIsNeitherReadNorWrittenThrough() throws SystemException, IOException {
    journal.begin(entry());
    Path secret = Files.writeString(root.resolve("secret"), text());
    Files.delete(root.resolve(FILE));
    Files.createSymbolicLink(root.resolve(FILE), secret);

    assertThat(((Journal.Unreadable) journal.read(UNIT)).reason()).contains("symbolic link");
    assertThrows(SystemException.class, () -> journal.begin(entry()));
    assertThat(journal.setAside(UNIT)).isEqualTo("/" + FILE + ".unreadable");
    journal.begin(entry());
    assertThat(Files.isSymbolicLink(root.resolve(FILE))).isFalse();
    assertThat(Files.readString(secret)).isEqualTo(TEXT);
  }

  @ParameterizedTest
  @ValueSource(strings = {FILE, "var/db/hnvf"})
  void whatOthersMayWriteToIsNotBelieved(String open) throws SystemException, IOException {
    journal.begin(entry());
    Files.setPosixFilePermissions(root.resolve(open), PosixFilePermissions.fromString("rwxrwx---"));

    assertThat(((Journal.Unreadable) journal.read(UNIT)).reason()).contains("writable by others");
    assertThrows(SystemException.class, () -> journal.begin(entry()));
  }

  @Test
  void isForRootAlone() throws SystemException, IOException {
    journal.begin(entry());

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(FILE))))
        .isEqualTo("rw-------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(root.resolve("var/db/hnvf"))))
        .isEqualTo("rwx------");
  }
}

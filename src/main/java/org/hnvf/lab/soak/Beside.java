package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.hnvf.model.GuestState;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.MovePolicy;
import org.hnvf.model.NetInterface;
import org.hnvf.sim.SimulatedGuest;

/** Who else uses hn0, and what hnvf.json says of it. */
enum Beside {
  NOBODY(false),
  /** A bridge, in which the lagg takes its place. */
  BRIDGE(false),
  /** A virtual host of carp(4), which moves. */
  CARP(false),
  /** A file that names it, which is told. */
  NAMED(false),
  BRIDGE_REFUSED(true),
  CARP_REFUSED(true),
  /** {@code dhcpcd_enable}. */
  CLIENT_REFUSED(true),
  /** A file that names it, with {@code names_hn0} set to refuse. */
  NAMED_REFUSED(true);

  /** Of so many guests one has each. */
  private static final int ONE_OF = 24;

  private static final long STREAM = 0x626573696465L;
  private static final InterfaceName BRIDGE0 = new InterfaceName("bridge0");

  private final boolean refused;

  Beside(boolean refused) {
    this.refused = refused;
  }

  /** Returns the draw of this seed, from a separate stream. */
  static Beside of(long seed) {
    int number = new SplittableRandom(seed ^ STREAM).split().nextInt(ONE_OF);
    return number < values().length ? values()[number] : NOBODY;
  }

  boolean isCarp() {
    return this == CARP || this == CARP_REFUSED;
  }

  /** Whether the VF of hn0 is not used for it. */
  boolean isRefused() {
    return refused;
  }

  /** Returns the settings of hnvf.json. */
  MovePolicy policy() {
    return new MovePolicy(
        this == BRIDGE
            ? ImmutableSet.of(MovePolicy.Movable.BRIDGE)
            : this == CARP ? ImmutableSet.of(MovePolicy.Movable.CARP) : ImmutableSet.of(),
        this == NAMED_REFUSED ? MovePolicy.NamesHn.REFUSE : MovePolicy.NamesHn.TELL,
        ImmutableSet.of());
  }

  /** Returns the lines of rc.conf. */
  ImmutableList<String> rcConf() {
    return this == CLIENT_REFUSED
        ? ImmutableList.of("dhcpcd_enable=YES", "dhcpcd_flags=hn0")
        : ImmutableList.of();
  }

  /** Runs the commands of rc(8) at each boot. */
  void boot(SimulatedGuest guest) {
    switch (this) {
      case BRIDGE, BRIDGE_REFUSED -> {
        GuestFactory.type(guest, "ifconfig bridge0 create");
        GuestFactory.type(guest, "ifconfig bridge0 addm hn0 up");
      }
      case CARP, CARP_REFUSED ->
          GuestFactory.type(guest, "ifconfig hn0 vhid 1 advskew 0 pass secret alias 10.0.2.66/32");
      case NAMED, NAMED_REFUSED -> write(guest.root().resolve("etc/natd.conf"));
      case NOBODY, CLIENT_REFUSED -> {}
    }
  }

  private static void write(Path file) {
    try {
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.writeString(file, "interface hn0\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a file of the simulated guest", e);
    }
  }

  /** Returns the violations at the end, if this interface holds the configuration of hn0. */
  Stream<String> violated(GuestState guest, String holder) {
    return switch (this) {
      case BRIDGE, BRIDGE_REFUSED -> bridge(guest, holder);
      case CARP, CARP_REFUSED -> masters(guest);
      default -> Stream.empty();
    };
  }

  private static Stream<String> bridge(GuestState guest, String holder) {
    ImmutableList<String> members =
        guest.find(BRIDGE0).stream()
            .flatMap(bridge -> bridge.others().stream())
            .filter(line -> line.startsWith("member: "))
            .map(line -> line.split(" ", -1)[1])
            .collect(ImmutableList.toImmutableList());
    return members.equals(ImmutableList.of(holder))
        ? Stream.empty()
        : Stream.of("bridge0 has the members " + members + " and not " + holder);
  }

  private static Stream<String> masters(GuestState guest) {
    long masters =
        guest.interfaces().values().stream()
            .map(NetInterface::others)
            .flatMap(ImmutableList::stream)
            .filter(line -> line.startsWith("carp: MASTER "))
            .count();
    return masters == 1 ? Stream.empty() : Stream.of("vhid 1 has " + masters + " masters");
  }
}

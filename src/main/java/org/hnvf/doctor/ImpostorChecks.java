package org.hnvf.doctor;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.freebsd.Pciconf;
import org.hnvf.model.GuestState;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Severity;

/** Interfaces that hn(4) may take for a VF, and VFs that no driver takes. */
final class ImpostorChecks {

  /** Interfaces without hardware, which can have any MAC address. */
  private static final String CLONED = "(tap|epair|vether|vmnet|ngeth|edsc)[0-9]+[ab]?";

  static final ImmutableList<Check> ALL =
      ImmutableList.of(
          new Check(
              "same-mac",
              Severity.WARNING,
              "an interface that is no VF has the MAC address of an hn",
              "hn(4) finds its VF by the MAC address alone, so it may take this interface for one.",
              "`ifconfig IF link random`",
              ImpostorChecks::sameMac),
          new Check(
              "vf-driver",
              Severity.WARNING,
              "the host gives the guest a VF, and no driver attaches to it",
              "The guest stays on the slower hn.",
              "`kldload -n DRIVER`, `sysrc kld_list+=DRIVER`",
              ImpostorChecks::driver));

  private ImpostorChecks() {}

  private static Stream<Found> sameMac(GuestFacts facts) throws NotKnownException {
    GuestState guest = facts.guest().get();
    Stream.Builder<Found> all = Stream.builder();
    for (PairFacts pair : facts.pairs().get()) {
      Optional<String> mac = guest.find(pair.hn()).flatMap(NetInterface::ether);
      guest.interfaces().values().stream()
          .filter(one -> mac.isPresent() && one.ether().equals(mac))
          .filter(one -> isImpostor(guest, pair, one))
          .map(
              one ->
                  Found.of(
                      one.name() + " has the MAC address of " + pair.hn() + ", " + mac.get() + ".",
                      "ifconfig " + one.name() + " link random"))
          .forEach(all::add);
    }
    return all.build();
  }

  private static boolean isImpostor(GuestState guest, PairFacts pair, NetInterface one) {
    if (one.driverName().orElse(one.name()).matches(CLONED)) {
      return true;
    }
    boolean vf =
        pair.status().pair().vf().map(InterfaceName::value).equals(Optional.of(one.name()));
    boolean port =
        guest.laggOf(pair.hn()).stream()
            .flatMap(lagg -> lagg.ports().stream())
            .anyMatch(other -> other.name().equals(one.name()));
    boolean ofOtherType =
        one.lagg().isPresent()
            || one.groups().contains("vlan")
            || one.groups().contains("bridge")
            || one.others().stream().anyMatch(line -> line.startsWith("vlan: "));
    return !one.name().equals(pair.hn().value()) && !vf && !port && !ofOtherType;
  }

  private static Stream<Found> driver(GuestFacts facts) throws NotKnownException {
    return Pciconf.networkDevices(facts.told(Questions.DEVICES)).stream()
        .filter(device -> device.driver().equals("none"))
        .map(
            device -> {
              String text =
                  "No driver is attached to the network device "
                      + device.selector()
                      + " (vendor 0x"
                      + device.vendor()
                      + ", device 0x"
                      + device.device()
                      + ").";
              return module(device.vendor(), device.device())
                  .map(
                      module -> Found.of(text, "kldload -n " + module, "sysrc kld_list+=" + module))
                  .orElseGet(
                      () ->
                          Found.of(text, "pciconf -lv " + device.selector())
                              .remedy("Load the driver of this device."));
            });
  }

  /** Returns the module of a VF's driver: mlx4en(4), mlx5en(4) or mana(4). */
  private static Optional<String> module(String vendor, String device) {
    return switch (vendor) {
      case "15b3" -> Optional.of(device.startsWith("100") ? "mlx4en" : "mlx5en");
      case "1414" -> Optional.of("if_mana");
      default -> Optional.empty();
    };
  }
}

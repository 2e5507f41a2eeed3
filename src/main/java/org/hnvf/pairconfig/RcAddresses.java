package org.hnvf.pairconfig;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.net.InetAddress;
import java.util.Optional;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.InterfaceConfig;
import org.hnvf.model.Prefix;

/** Parses the static addresses of the ifconfig commands of rc.conf. */
public final class RcAddresses {

  private RcAddresses() {}

  /**
   * Returns the configuration without the commands that set one of these addresses on hn: they move
   * between hosts, so hnvf neither adds nor expects them.
   */
  public static GuestConfig without(GuestConfig rc, ImmutableSet<InetAddress> leftOff) {
    InterfaceConfig hn = rc.hn();
    return leftOff.isEmpty()
        ? rc
        : rc.with(
            hn.with(
                hn.commands().stream()
                    .filter(
                        argv -> RcIfconfig.of(argv).address().filter(leftOff::contains).isEmpty())
                    .collect(ImmutableList.toImmutableList())));
  }

  /**
   * Returns the addresses in their order, without link-local ones and those made with {@code
   * eui64}.
   */
  static ImmutableList<Prefix> of(InterfaceConfig config) {
    return config.commands().stream()
        .flatMap(argv -> RcIfconfig.of(argv).prefix().stream())
        .filter(prefix -> !prefix.isIpv6LinkLocal())
        .distinct()
        .collect(ImmutableList.toImmutableList());
  }

  /** Returns the commands that name an address and do not set it, with the reason. */
  static ImmutableList<Refused> refused(InterfaceConfig config) {
    return config.commands().stream()
        .flatMap(
            argv -> {
              RcIfconfig.Reading reading = RcIfconfig.of(argv);
              return reading.refused().stream()
                  .map(why -> new Refused(String.join(" ", argv), why, reading.address()));
            })
        .distinct()
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * A command that ifconfig(8) refuses.
   *
   * @param command its words
   * @param why the reason
   * @param address the address that it names
   */
  record Refused(String command, String why, Optional<InetAddress> address) {}
}

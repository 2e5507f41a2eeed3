package org.hnvf.pairconfig;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hnvf.model.Dependent;
import org.hnvf.model.ForeignClient;
import org.hnvf.model.GuestConfig;

/**
 * DHCP clients other than dhclient(8) of the base system. hnvf can neither carry their leases nor
 * stop them before an address is deleted; their behaviour on a lagg port is not known.
 */
final class OtherDhcpClients {

  private static final Splitter WORDS = Splitter.on(Pattern.compile("[\\s=]+"));
  private static final Pattern INTERFACE = Pattern.compile("[a-z][a-z_]*[0-9]+(\\.[0-9]+)?:?");

  /** Clients that use every interface unless interfaces are named. */
  private static final ImmutableSet<String> TAKE_ALL =
      ImmutableSet.of("dhcpcd", "dhclient", "dual-dhclient");

  private OtherDhcpClients() {}

  static Stream<Dependent> of(Subject s) {
    return s.moves() ? Stream.concat(inRcConf(s), running(s)) : Stream.empty();
  }

  private static Stream<Dependent> inRcConf(Subject s) {
    Stream.Builder<Dependent> rows = Stream.builder();
    if (s.rc().hn().dhcp() && !s.rc().dhclientProgram().equals(GuestConfig.DHCLIENT)) {
      rows.add(
          Dependent.refused(
              s.rc().dhclientProgram(),
              "dhclient_program is "
                  + s.rc().dhclientProgram()
                  + ", a DHCP client that hnvf does not support",
              "set it to " + GuestConfig.DHCLIENT));
    }
    s.rc()
        .otherClients()
        .forEach(
            enable ->
                rows.add(
                    Dependent.refused(
                        enable,
                        enable
                            + " is set in rc.conf; a DHCP client that hnvf does not support would configure "
                            + s.hn(),
                        "set "
                            + enable
                            + "=\"NO\" and have dhclient(8) do it: ifconfig_"
                            + s.hn()
                            + "=\"SYNCDHCP\"")));
    return rows.build();
  }

  private static Stream<Dependent> running(Subject s) {
    return s.guest().foreignClients().stream()
        .filter(client -> serves(client, s.hn().value()))
        .map(
            client ->
                Dependent.refused(
                    client.program(),
                    "`"
                        + client.command()
                        + "` runs, a DHCP client on "
                        + s.hn()
                        + " that hnvf does not support",
                    "stop it, and set dhclient_program=\""
                        + GuestConfig.DHCLIENT
                        + "\" in rc.conf, without "
                        + client.program()
                        + " for "
                        + s.hn()));
  }

  private static boolean serves(ForeignClient client, String hn) {
    List<String> words = WORDS.splitToList(client.command());
    ImmutableList<String> named =
        words.stream()
            .skip(1)
            .filter(word -> INTERFACE.matcher(word).matches())
            .map(word -> word.endsWith(":") ? word.substring(0, word.length() - 1) : word)
            .collect(ImmutableList.toImmutableList());
    return words.contains(hn)
        || named.contains(hn)
        || (named.isEmpty() && TAKE_ALL.contains(client.program()));
  }
}

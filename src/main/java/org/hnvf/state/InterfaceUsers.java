package org.hnvf.state;

import com.google.common.collect.ImmutableList;
import java.util.stream.Stream;
import org.hnvf.freebsd.Bridge;
import org.hnvf.freebsd.Carp;
import org.hnvf.model.GuestState;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;

/** Finds the users of the interfaces of a pair in the output of {@code ifconfig -a} alone. */
final class InterfaceUsers {

  private InterfaceUsers() {}

  /** Returns the bridges, virtual hosts and groups of these interfaces, each once. */
  static ImmutableList<String> of(GuestState guest, ImmutableList<InterfaceName> members) {
    return members.stream()
        .flatMap(member -> guest.find(member).stream())
        .flatMap(member -> Stream.of(bridges(guest, member), carp(member), groups(member)))
        .flatMap(users -> users)
        .distinct()
        .collect(ImmutableList.toImmutableList());
  }

  private static Stream<String> bridges(GuestState guest, NetInterface member) {
    return guest.interfaces().values().stream()
        .filter(other -> Bridge.has(other, member.name()))
        .map(NetInterface::name);
  }

  private static Stream<String> carp(NetInterface member) {
    return Carp.isOn(member) ? Stream.of("carp(4) on " + member.name()) : Stream.empty();
  }

  private static Stream<String> groups(NetInterface member) {
    return member.assignedGroups().stream().map(group -> "group " + group);
  }
}

package org.hnvf.guest;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.exec.CommandRunner;
import org.hnvf.exec.DurableFiles;
import org.hnvf.freebsd.Bridge;
import org.hnvf.freebsd.Dhclient;
import org.hnvf.freebsd.DhclientConf;
import org.hnvf.freebsd.Jls;
import org.hnvf.freebsd.Netgraph;
import org.hnvf.model.CommandResult;
import org.hnvf.model.FirewallAnswer;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.OtherUse;
import org.hnvf.model.OtherUse.Jail;
import org.hnvf.model.OtherUse.Mention;
import org.hnvf.model.SystemException;

/**
 * Reads further users of an hn that a {@link GuestReader} does not show: jails, netgraph(4), and
 * the files that name it. It takes two or three processes and some files, so it runs while the
 * guest is not cut off. A failed reading is reported and stops nothing, except for netgraph(4) that
 * is loaded and cannot be read.
 */
public final class OtherUseReader {

  /** Files whose lines that name hn make ppp(8) or mpd use PPPoE on it. */
  private static final ImmutableSet<String> PPP =
      ImmutableSet.of("/etc/ppp/ppp.conf", "/usr/local/etc/mpd5/mpd.conf");

  private final CommandRunner runner;
  private final DurableFiles files;

  /** Creates a reader. */
  public OtherUseReader(CommandRunner runner, DurableFiles files) {
    this.runner = runner;
    this.files = files;
  }

  /**
   * Returns its current users.
   *
   * @param bridges the bridges of which it is a member, if it moves in them
   */
  public OtherUse of(InterfaceName hn, Collection<InterfaceName> bridges) {
    Map<String, ImmutableList<String>> entries = new LinkedHashMap<>();
    ImmutableSet.Builder<String> unreadBridges = ImmutableSet.builder();
    for (InterfaceName bridge : bridges) {
      entries(bridge, hn)
          .ifPresentOrElse(
              macs -> entries.put(bridge.value(), macs), () -> unreadBridges.add(bridge.value()));
    }
    List<String> unread = new ArrayList<>();
    OtherUse named = named(hn);
    ImmutableList<Jail> jails = jails(unread);
    ImmutableList<String> attached = netgraph(hn, unread);
    return new OtherUse(
        named.mentions(),
        jails,
        both(named.netgraph(), attached),
        ImmutableMap.copyOf(entries),
        unreadBridges.build(),
        FirewallAnswer.NONE,
        ImmutableSet.of(),
        Optional.empty(),
        both(named.unread(), unread));
  }

  /** Returns the users that files name, without a process. */
  private OtherUse named(InterfaceName hn) {
    List<String> unread = new ArrayList<>();
    ImmutableList<Mention> named = NamingFiles.naming(files, hn, unread);
    return new OtherUse(
        named.stream()
            .filter(mention -> !PPP.contains(mention.file()))
            .collect(ImmutableList.toImmutableList()),
        ImmutableList.of(),
        named.stream()
            .filter(mention -> PPP.contains(mention.file()))
            .map(mention -> mention.place() + " has PPPoE on " + hn)
            .collect(ImmutableList.toImmutableList()),
        ImmutableMap.of(),
        ImmutableSet.of(),
        FirewallAnswer.NONE,
        ImmutableSet.of(),
        Optional.empty(),
        ImmutableList.copyOf(unread));
  }

  private static ImmutableList<String> both(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).collect(ImmutableList.toImmutableList());
  }

  /** Returns the static MAC addresses of a bridge member; empty if they cannot be read. */
  public Optional<ImmutableList<String>> entries(InterfaceName bridge, InterfaceName member) {
    try {
      return Optional.of(
          Bridge.entries(runner.run(Bridge.addresses(bridge)).wholeText(), member.value()));
    } catch (SystemException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns the interfaces with a block in the configuration file of these flags of dhclient(8). If
   * the file cannot be read, every interface counts as having one; without the file the client runs
   * without it, as dhclient(8) does.
   *
   * @param hn the relevant interface
   */
  public ImmutableSet<String> blocks(List<String> flags, InterfaceName hn) {
    try {
      Optional<String> file = Dhclient.conf(flags);
      return file.isPresent()
          ? files
              .readThroughLinks(file.get())
              .map(DhclientConf::interfaces)
              .orElse(ImmutableSet.of())
          : ImmutableSet.of();
    } catch (SystemException e) {
      return ImmutableSet.of(hn.value());
    }
  }

  /**
   * Returns why the configuration file cannot be read that a client with these flags of dhclient(8)
   * needs; empty if it can be read, or the flags name another.
   */
  public Optional<String> confFault(List<String> flags) {
    return Dhclient.hasConf(flags) ? Optional.empty() : new DhclientConfs(files).fault();
  }

  private ImmutableList<Jail> jails(List<String> unread) {
    try {
      return Jls.jails(runner.run(Jls.addresses()).wholeText());
    } catch (SystemException e) {
      unread.add("jails with its addresses: " + e.getMessage());
      return ImmutableList.of();
    }
  }

  private ImmutableList<String> netgraph(InterfaceName hn, List<String> unread) {
    CommandResult loaded = runner.run(Netgraph.loaded());
    if (!loaded.succeeded()) {
      boolean said = loaded.ending() instanceof CommandResult.Exited exited && exited.status() == 1;
      if (!said) {
        unread.add("netgraph(4) on it: " + loaded.summary());
      }
      return ImmutableList.of();
    }
    try {
      int hooks = Netgraph.hooks(runner.run(Netgraph.nodes()).wholeText(), hn);
      return hooks == 0
          ? ImmutableList.of()
          : ImmutableList.of(hn + "'s node of ng_ether(4) is connected, hooks: " + hooks);
    } catch (SystemException e) {
      return ImmutableList.of(
          "ng_ether(4) is loaded, and hnvf could not find out whether it is used "
              + "on "
              + hn
              + ": "
              + e.getMessage());
    }
  }
}

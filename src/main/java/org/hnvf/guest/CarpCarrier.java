package org.hnvf.guest;

import com.google.common.collect.ImmutableSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.hnvf.exec.CommandRunner;
import org.hnvf.freebsd.Carp;
import org.hnvf.model.Action;
import org.hnvf.model.CarpGroup;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Prefix;
import org.hnvf.model.SystemException;

/**
 * Configures a virtual host of carp(4) on another interface. Its password is read and used only
 * here; the logged command contains a placeholder instead.
 */
public final class CarpCarrier {

  private final CommandRunner runner;
  private final Consumer<CommandResult> told;

  /**
   * The passwords that were read, by virtual host. If a transfer fails in a rollback and the lagg
   * is then destroyed, no interface has the password any more; the rebuild uses this one.
   */
  private final Map<VirtualHost, Optional<String>> passwords = new ConcurrentHashMap<>();

  private record VirtualHost(int vhid, ImmutableSet<Prefix> prefixes) {}

  /**
   * Creates a carrier for a guest.
   *
   * @param told receives each changing command, without the password
   */
  public CarpCarrier(CommandRunner runner, Consumer<CommandResult> told) {
    this.runner = runner;
    this.told = told;
  }

  /**
   * Configures the virtual host unless it exists there; if that fails, returns the command and its
   * result.
   */
  public Optional<String> carry(Action.CarryCarp action) {
    CarpGroup group = action.group();
    if (shown(action.to()).flatMap(text -> Carp.find(text, group.vhid())).isPresent()) {
      return Optional.empty();
    }
    VirtualHost host = new VirtualHost(group.vhid(), ImmutableSet.copyOf(group.prefixes()));
    shown(action.from())
        .flatMap(text -> Carp.find(text, group.vhid()))
        .ifPresent(source -> passwords.put(host, source.password()));
    Optional<String> password = passwords.get(host);
    if (password == null) {
      return Optional.of(
          "vhid "
              + group.vhid()
              + " is neither on "
              + action.from()
              + " nor on "
              + action.to()
              + ", so hnvf cannot read its password; set it again with ifconfig(8), as "
              + "rc.conf does");
    }
    for (Prefix prefix : group.prefixes()) {
      Optional<String> failure = set(action.to(), group, prefix, password);
      if (failure.isPresent()) {
        return failure;
      }
    }
    return Optional.empty();
  }

  private Optional<String> set(
      InterfaceName to, CarpGroup group, Prefix prefix, Optional<String> key) {
    Command masked = Carp.set(to, group, prefix, key.map(secret -> Carp.MASKED));
    CommandResult result = runner.run(Carp.set(to, group, prefix, key));
    CommandResult shown =
        new CommandResult(
            masked,
            result.ending(),
            "",
            key.map(secret -> result.stderr().replace(secret, Carp.MASKED)).orElse(result.stderr()),
            result.elapsed());
    told.accept(shown);
    return shown.succeeded() ? Optional.empty() : Optional.of(shown.summary());
  }

  /**
   * Returns the configuration of an interface with passwords; empty if it does not exist. It is
   * read twice after a failure: the password may be nowhere else, and the interface about to be
   * destroyed.
   */
  private Optional<String> shown(InterfaceName name) {
    return ask(name).or(() -> ask(name));
  }

  private Optional<String> ask(InterfaceName name) {
    try {
      return Optional.of(runner.run(Carp.showWithKeys(name)).wholeText());
    } catch (SystemException e) {
      return Optional.empty();
    }
  }
}

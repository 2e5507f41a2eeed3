package org.hnvf.capture;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hnvf.freebsd.Arp;
import org.hnvf.freebsd.Bridge;
import org.hnvf.freebsd.Dhclient;
import org.hnvf.freebsd.Ifconfig;
import org.hnvf.freebsd.Ndp;
import org.hnvf.freebsd.Netstat;
import org.hnvf.freebsd.Ps;
import org.hnvf.freebsd.Sysctl;
import org.hnvf.guest.FirewallReader;
import org.hnvf.guest.GuestReader;
import org.hnvf.guest.OtherUseReader;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.GuestState;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.OtherUse;
import org.hnvf.model.Pair;
import org.hnvf.model.Route;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;
import org.hnvf.override.HookScripts;
import org.hnvf.override.OverrideScripts;
import org.hnvf.rcconf.EvaluatedRcConf;
import org.hnvf.rcconf.RcConf;
import org.hnvf.service.Machine;
import org.hnvf.state.Pairs;

/**
 * Reads all of a guest that hnvf reads. It runs the readers of hnvf themselves, so the commands are
 * those of hnvf. A command that fails is a part of the result.
 */
public final class Collector {

  /** The command line of the variables of rc.conf(5). */
  public static final String RC_CONF = "hnvf-rc-conf";

  /** The command line of the lines that name an hn; the name follows. */
  public static final String MENTIONS = "hnvf-mentions";

  /** The command line of the override scripts. */
  public static final String SCRIPTS = "hnvf-override-scripts";

  /** The command line of the hooks. */
  public static final String HOOKS = "hnvf-hooks";

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Machine machine;
  private final OverrideScripts scripts;
  private final HookScripts hooks;
  private final RecordedRunner runner;
  private final FileBlocks files;
  private final List<String> notes = new ArrayList<>();

  /**
   * Creates a collector for one reading.
   *
   * @param machine the guest
   * @param scripts its override scripts
   * @param hooks its hooks
   */
  public Collector(Machine machine, OverrideScripts scripts, HookScripts hooks) {
    this.machine = machine;
    this.scripts = scripts;
    this.hooks = hooks;
    this.runner = new RecordedRunner(machine.runner());
    this.files = new FileBlocks(machine.files());
  }

  /**
   * Reads the guest.
   *
   * @throws SystemException if the output of a command is incomplete: a capture with it would show
   *     that the missing lines do not exist
   * @throws UserException (bad data) if the reason is the size of the output
   */
  public Collected collect() throws SystemException, UserException {
    Optional<GuestState> guest = guest();
    ImmutableList<InterfaceName> hns = guest.map(Collector::hns).orElse(ImmutableList.of());
    ImmutableList.Builder<Block> extra = ImmutableList.builder();
    guest.ifPresent(state -> new FirewallReader(runner).ask(state.firewalls(), false));
    for (InterfaceName hn : hns) {
      extra.add(
          mentions(
              hn, new OtherUseReader(runner, machine.files()).of(hn, bridges(guest.get(), hn))));
    }
    guest.ifPresent(this::neighbours);
    Optional<EvaluatedRcConf> rc = rcConf(extra);
    extra.add(
        Block.read(
            Source.SCRIPTS,
            SCRIPTS,
            lines(hns.stream().flatMap(hn -> scripts.shown(hn).stream()))));
    extra.add(hooks());
    ImmutableList.Builder<Block> blocks = ImmutableList.builder();
    for (CommandResult result : runner.results()) {
      blocks.add(Results.block(result));
    }
    ImmutableSet<String> names =
        guest.map(state -> state.interfaces().keySet()).orElse(ImmutableSet.of());
    blocks.addAll(files.all(names, flagged(rc, hns), machine.prefix()));
    return new Collected(
        machine.timer().now().truncatedTo(ChronoUnit.SECONDS),
        system(),
        blocks.addAll(extra.build()).build(),
        ImmutableList.copyOf(notes));
  }

  private static String lines(Stream<String> lines) {
    return lines.map(line -> line + "\n").collect(Collectors.joining());
  }

  private Block hooks() {
    try {
      return Block.read(Source.HOOKS, HOOKS, lines(hooks.shown().stream()));
    } catch (SystemException e) {
      String why = String.valueOf(e.getMessage());
      notes.add(why + "; the capture is without the hooks");
      return Block.failed(Source.HOOKS, HOOKS, why);
    }
  }

  /**
   * Reads the guest. If that fails, the commands that the reader did not reach are run, too: the
   * capture of a guest that cannot be read is the most useful one.
   */
  private Optional<GuestState> guest() {
    try {
      return Optional.of(new GuestReader(runner, machine.files()).snapshot());
    } catch (SystemException e) {
      notes.add(e.getMessage() + "; the capture has what could be read");
      Stream.of(
              Sysctl.hyperV(),
              Ifconfig.all(),
              Netstat.routes(0, ImmutableSet.of(), ImmutableSet.of()),
              Ps.all())
          .forEach(runner::run);
      return Optional.empty();
    }
  }

  private static ImmutableList<InterfaceName> hns(GuestState guest) {
    return Pairs.of(guest).stream().map(Pair::hn).collect(ImmutableList.toImmutableList());
  }

  private static ImmutableList<InterfaceName> bridges(GuestState guest, InterfaceName hn) {
    return guest.interfaces().values().stream()
        .filter(one -> Bridge.has(one, hn.value()))
        .flatMap(one -> InterfaceName.of(one.name()).stream())
        .collect(ImmutableList.toImmutableList());
  }

  private static Block mentions(InterfaceName hn, OtherUse use) {
    return Block.read(
        Source.MENTIONS,
        MENTIONS + " " + hn,
        use.mentions().stream()
            .map(mention -> mention.file() + ":" + mention.line() + " " + shown(mention) + "\n")
            .collect(Collectors.joining()));
  }

  /** Returns the line, of rc.conf(5) only the name of the variable. */
  private static String shown(OtherUse.Mention mention) {
    return mention.file().contains("/rc.conf")
        ? mention.text().replaceAll("(?s)^(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)?.*", "$1")
        : mention.text();
  }

  /** Asks for the gateways of the default routes, as the check of traffic does. */
  private void neighbours(GuestState guest) {
    guest.routes().stream()
        .filter(Route::isDefault)
        .filter(route -> route.gatewayAddress().isPresent())
        .map(route -> route.ipv6() ? Ndp.look(route.gateway()) : Arp.look(route.gateway()))
        .forEach(runner::run);
  }

  private Optional<EvaluatedRcConf> rcConf(ImmutableList.Builder<Block> blocks) {
    try {
      EvaluatedRcConf rc =
          new RcConf(machine.runner(), machine.shellRoot(), RcConf.DEFAULT_TIME_LIMIT).evaluate();
      blocks.add(Block.read(Source.RC_CONF, RC_CONF, RcList.text(rc.variables().values())));
      return Optional.of(rc);
    } catch (UserException | SystemException e) {
      String why = String.valueOf(e.getMessage());
      notes.add(why + "; the capture is without the variables of rc.conf");
      // The message may quote a line of a file, which is never a part of a capture.
      blocks.add(Block.failed(Source.RC_CONF, RC_CONF, why.replaceAll("(?s)[\"':].*", "")));
      return Optional.empty();
    }
  }

  /** Returns the configuration files of dhclient(8) that rc.conf names. */
  private static ImmutableSet<String> flagged(
      Optional<EvaluatedRcConf> rc, ImmutableList<InterfaceName> hns) {
    ImmutableSet.Builder<String> named = ImmutableSet.builder();
    rc.ifPresent(found -> hns.forEach(hn -> conf(found, hn).ifPresent(named::add)));
    return named.build();
  }

  private static Optional<String> conf(EvaluatedRcConf rc, InterfaceName hn) {
    try {
      return Dhclient.conf(rc.guestConfig(hn).dhclientFlags());
    } catch (UserException e) {
      // Its variables are a part of the capture, and show what is wrong.
      return Optional.empty();
    }
  }

  private String system() {
    String words =
        Stream.of(
                Command.reading(LIMIT, "freebsd-version", "-u"),
                Command.reading(LIMIT, "uname", "-m"))
            .map(this::word)
            .filter(word -> word.matches("[A-Za-z0-9._-]{1,40}"))
            .collect(Collectors.joining(" "));
    return words.isEmpty() ? "unknown" : words;
  }

  private String word(Command command) {
    try {
      return machine.runner().run(command).wholeText().strip();
    } catch (SystemException e) {
      return "";
    }
  }
}

package org.hnvf.sim;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.hnvf.exec.CommandRunner;
import org.hnvf.exec.KeptOutput;
import org.hnvf.exec.ProcessRunner;
import org.hnvf.exec.Timer;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.UserException;

/**
 * A FreeBSD guest on Hyper-V that is not there: it answers commands as the real one does, in
 * virtual time, with files of its own, a host that gives and takes VFs, faults, and a probe that
 * knows for every instant whether it is reachable.
 *
 * <p>It is deterministic: the same scenario, seed and commands make the same answers. It is made by
 * a {@link Scenario}, or of a {@link GuestImage}.
 */
public final class SimulatedGuest implements CommandRunner {
  private final SimState state;
  private final Path root;
  private final Optional<Startup> startup;
  private final Scheduler engine;
  private final RouteMonitor monitor;
  private final Programs programs;
  private final Faults faults;
  private final ProgramRunner runner;
  private final Host host;
  private final Reachability reachability;
  private final VirtualTimer timer;
  private final TakeOver takeOver;
  private final List<HistoryEntry> history = new ArrayList<>();
  private final List<ObjIntConsumer<Command>> hooks = new ArrayList<>();
  private Crowd crowd = Crowd.none();
  private long outerLimit = Long.MAX_VALUE;

  SimulatedGuest(
      SimState state, Path root, Optional<RcConfShell> shell, Optional<Startup> startup) {
    this.state = state;
    this.startup = startup;
    this.root = root;
    Costs costs = Costs.recorded();
    Kernel kernel = new Kernel(state, costs);
    this.monitor = kernel.monitor();
    GuestFiles files = new GuestFiles(root);
    Dhclients dhclients = new Dhclients(kernel, files);
    this.engine = new Scheduler(kernel, dhclients);
    this.programs = new Programs(kernel, files, dhclients, engine);
    this.faults = new Faults(state);
    this.runner = new ProgramRunner(state, root, shell, programs, faults, costs);
    this.host = new Host(state, engine);
    this.reachability = new Reachability(state, engine);
    this.timer = new VirtualTimer(state, engine);
    this.takeOver = new TakeOver(kernel, files, dhclients, engine);
  }

  /** Returns the virtual time of a process that does nothing. */
  public static Duration emptyProcess() {
    return Micros.duration(Costs.recorded().startup());
  }

  /**
   * A guest that goes on from where another was saved.
   *
   * @param root the guest's files, as they were then
   * @param shell evaluates its rc.conf
   * @throws UserException (bad data) if the image is not valid
   */
  public static SimulatedGuest restore(GuestImage image, Path root, RcConfShell shell)
      throws UserException {
    return new SimulatedGuest(image.toState(), root, Optional.of(shell), Optional.empty());
  }

  /** Everything but the files, to be saved. Not while a command runs. */
  public GuestImage image() {
    synchronized (state) {
      engine.settle();
      return GuestImage.of(state);
    }
  }

  /** The guest's clock. */
  public Timer timer() {
    return timer;
  }

  /** The directory that is the guest's {@code /}. */
  public Path root() {
    return root;
  }

  /** The guest's files. */
  public GuestFiles files() {
    return new GuestFiles(root);
  }

  /** The names of the base system's programs that it has. */
  public ImmutableSet<String> programs() {
    return programs.names();
  }

  /** The names of its interfaces, in the kernel's order. */
  public ImmutableList<String> interfaces() {
    synchronized (state) {
      return state.ifaces.stream().map(i -> i.name).collect(ImmutableList.toImmutableList());
    }
  }

  /** Whether there is an interface of this name, and it is up. */
  public boolean isUp(String name) {
    synchronized (state) {
      return state.ifaces.stream().anyMatch(i -> i.name.equals(name) && i.up);
    }
  }

  /** The names of a lagg's ports, in the kernel's order; none of what is no lagg. */
  public ImmutableList<String> portsOf(String name) {
    synchronized (state) {
      return state.ifaces.stream()
          .filter(i -> i.name.equals(name))
          .flatMap(i -> i.ports.stream())
          .flatMap(port -> state.ifaces.stream().filter(i -> i.index == port))
          .map(i -> i.name)
          .collect(ImmutableList.toImmutableList());
    }
  }

  /** The IPv4 addresses of an interface, each with its prefix length. */
  public ImmutableList<String> inetOf(String name) {
    synchronized (state) {
      return state.ifaces.stream()
          .filter(i -> i.name.equals(name))
          .flatMap(i -> i.inet.stream())
          .map(a -> a.prefix.host() + "/" + a.prefix.length())
          .collect(ImmutableList.toImmutableList());
    }
  }

  /** Whether a dhclient runs for an interface of this name. */
  public boolean hasDhclient(String name) {
    synchronized (state) {
      return state.dhclients.stream().anyMatch(d -> d.ifName.equals(name));
    }
  }

  /** The unit of hn(4) that an hn or a VF of this name belongs to. */
  public OptionalInt unitOf(String name) {
    synchronized (state) {
      return state.ifaces.stream()
          .filter(i -> i.name.equals(name) && i.unit >= 0)
          .mapToInt(i -> i.unit)
          .findFirst();
    }
  }

  /** Whether an interface of this name is a synthetic NIC, also if it was renamed. */
  public boolean isHn(String name) {
    return isOfKind(name, Iface.Kind.HN);
  }

  /** Whether an interface of this name is a VF. */
  public boolean isVf(String name) {
    return isOfKind(name, Iface.Kind.VF);
  }

  private boolean isOfKind(String name, Iface.Kind kind) {
    synchronized (state) {
      return state.ifaces.stream().anyMatch(i -> i.name.equals(name) && i.kind == kind);
    }
  }

  /** Makes the guest's state that which a recording shows. */
  public TakeOver takeOver() {
    return takeOver;
  }

  /**
   * Boots the guest again: its memory is lost, and rc(8) configures it as the first time. The host
   * keeps its VFs, which come back down. Changed files remain; rc.conf is not evaluated again.
   *
   * @param length the time until rc(8) configures the network
   * @throws IllegalStateException for a guest from an image
   */
  public void reboot(Duration length) {
    synchronized (state) {
      new Boot(state, files())
          .again(
              startup.orElseThrow(
                  () -> new IllegalStateException("the start of this guest is not known")),
              Micros.of(length));
    }
  }

  /** The Hyper-V side. */
  public Host host() {
    return host;
  }

  /** The probe. */
  public Reachability reachability() {
    return reachability;
  }

  /** Returns the faults to inject. */
  public Faults faults() {
    return faults;
  }

  /** The commands so far, oldest first, since this object was made. */
  public ImmutableList<HistoryEntry> history() {
    synchronized (state) {
      return ImmutableList.copyOf(history);
    }
  }

  /** How many commands it was given since it was started; the next one has this number. */
  public int commandsSoFar() {
    synchronized (state) {
      return state.commands;
    }
  }

  /** Is told of every command, with its number, before anything of it happens. */
  public void beforeCommand(ObjIntConsumer<Command> hook) {
    synchronized (state) {
      hooks.add(hook);
    }
  }

  /** Its packet filters. */
  public PacketFilters packetFilters() {
    return new PacketFilters(state);
  }

  /** Puts a program on the guest, under an absolute path. Programs are not saved in an image. */
  public void program(String absolutePath, GuestProgram program) {
    synchronized (state) {
      if (!absolutePath.startsWith("/")) {
        throw new IllegalArgumentException("not an absolute path: " + absolutePath);
      }
      runner.install(absolutePath, program);
    }
  }

  /**
   * Makes a command answer always so. It is for a command that only looks, at something that is not
   * simulated. Answers are not saved in an image.
   *
   * @param argv the program and its arguments
   */
  public void answers(List<String> argv, GuestProgram.Answer answer) {
    synchronized (state) {
      runner.answer(argv, answer);
    }
  }

  /** Makes it a large guest. A crowd is not saved in an image. */
  public void crowd(Crowd many) {
    synchronized (state) {
      crowd = many;
    }
  }

  /** Whom to tell what {@code route -n monitor} would print, from now on, line by line. */
  public void onRouteMessage(Consumer<String> listener) {
    synchronized (state) {
      monitor.listener(listener);
    }
  }

  /** The lines that devd(8) wrote since the last call, in their order. */
  public ImmutableList<DevdNotice> drainEvents() {
    synchronized (state) {
      engine.settle();
      ImmutableList<DevdNotice> events = ImmutableList.copyOf(state.events);
      state.events.clear();
      return events;
    }
  }

  @Override
  public CommandResult run(Command command) {
    synchronized (state) {
      int number = state.commands++;
      for (ObjIntConsumer<Command> hook : ImmutableList.copyOf(hooks)) {
        hook.accept(command, number);
      }
      long started = state.now;
      long own = started + Micros.of(command.timeLimit());
      long outer = outerLimit;
      outerLimit = Math.min(outer, own);
      state.newPids(1);
      Job job = new Job(command, state, engine, outerLimit, crowd);
      CommandResult.Ending ending;
      try {
        ending = runner.run(command, job, number);
      } finally {
        outerLimit = outer;
      }
      KeptOutput stdout = job.stdout(ProcessRunner.DEFAULT_OUTPUT_CAP);
      CommandResult result =
          new CommandResult(
              command,
              ending,
              stdout.text(),
              stdout.missing(),
              job.stderr(),
              Micros.duration(state.now - started));
      history.add(new HistoryEntry(number, Micros.instant(started), result));
      return result;
    }
  }
}

package org.hnvf.lab.cli;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hnvf.cli.Console;
import org.hnvf.exec.ProcessRunner;
import org.hnvf.exec.SystemTimer;
import org.hnvf.lab.SimulatedMachine;
import org.hnvf.lab.TerminalProgress;
import org.hnvf.lab.replay.FileReplay;
import org.hnvf.lab.replay.Replay;
import org.hnvf.lab.replay.ReplayView;
import org.hnvf.lab.replay.Transcript;
import org.hnvf.lab.replay.TranscriptFile;
import org.hnvf.model.CommandResult;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.UserException;
import org.hnvf.sim.DevdNotice;
import org.hnvf.sim.SimulatedGuest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hnvf sim …}: the other side of a simulated guest, its host, and its own programs. */
@Command(
    name = "sim",
    description =
        "The simulated guest's other side: its host gives and takes VFs, and its programs answer.")
final class SimCommand implements Runnable {

  /** Its verbs that have {@code --sim}. */
  static final ImmutableList<String> ON_A_KEPT_GUEST =
      ImmutableList.of("reset", "plug", "unplug", "wait", "run");

  private static final Duration PROGRAM_LIMIT = Duration.ofMinutes(5);

  private final Console console;
  private final SimulatedGuests guests;

  @Spec private @Nullable CommandSpec spec;

  SimCommand(Console console, SimulatedGuests guests) {
    this.console = console;
    this.guests = guests;
  }

  @Override
  public void run() {
    throw new ParameterException(
        requireNonNull(spec).commandLine(),
        "sim needs one of reset, plug, unplug, wait, run, replay, soak");
  }

  @Command(name = "reset", description = "Makes a new guest, freshly booted.")
  int reset(
      @Option(names = "--json", description = "show the answer as data") boolean json,
      @Option(
              names = "--kind",
              paramLabel = "KIND",
              defaultValue = "azure",
              completionCandidates = GuestKinds.class,
              description =
                  "azure, static, slaac, two, vlans, late-path, transparent or foreign-lagg")
          String kind,
      @Option(
              names = "--rc-conf",
              paramLabel = "FILE",
              description =
                  "boot it from this rc.conf instead, as rc(8) would; its networks and routers are"
                      + " there")
          @Nullable Path rcConf)
      throws HnvfException {
    Path directory = guests.directory();
    try (SimulatedMachine machine =
        rcConf == null
            ? SimulatedMachine.reset(directory, kind, new ProcessRunner())
            : SimulatedMachine.reset(directory, rcConf, new ProcessRunner(), console::log)) {
      machine.guest().drainEvents();
      machine.save();
    }
    String what = rcConf == null ? SimulatedMachine.KINDS.get(kind) : "booted from " + rcConf;
    return answer(json, "a new guest, " + what + ", in " + directory);
  }

  @Command(name = "plug", description = "The host gives HN a VF. Prints the lines of devd.")
  int plug(
      @Option(names = "--json", description = "show the answer as data") boolean json,
      @Parameters(paramLabel = "HN") String hn,
      @Option(
              names = "--driver",
              paramLabel = "DRIVER",
              defaultValue = "mlxen",
              completionCandidates = VfDrivers.class,
              description = "the VF's driver: mlxen, mce, mana (default: mlxen)")
          String driver)
      throws HnvfException {
    HnUnit unit = unit(hn);
    InterfaceName.parse(driver + "0");
    return onHost(
        json,
        machine -> {
          vf(machine.guest(), unit)
              .ifPresent(
                  vf -> console.log(hn + " already has the VF " + vf + "; nothing was done"));
          machine.guest().host().plug(unit, driver);
        });
  }

  @Command(
      name = "unplug",
      description = "The host takes the VF of HN away. Prints the lines of devd.")
  int unplug(
      @Option(names = "--json", description = "show the answer as data") boolean json,
      @Parameters(paramLabel = "HN") String hn)
      throws HnvfException {
    HnUnit unit = unit(hn);
    return onHost(
        json,
        machine -> {
          if (vf(machine.guest(), unit).isEmpty()) {
            console.log(hn + " has no VF; nothing was done");
          }
          machine.guest().host().unplug(unit);
        });
  }

  @Command(name = "wait", description = "Lets virtual time pass. Prints the lines of devd.")
  int passTime(
      @Option(names = "--json", description = "show the answer as data") boolean json,
      @Parameters(paramLabel = "SECONDS") int seconds)
      throws HnvfException {
    return onHost(
        json,
        machine -> {
          try {
            machine.guest().timer().sleep(Duration.ofSeconds(seconds));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @Command(
      name = "run",
      description = "Runs a command of the guest, such as `ifconfig lagg0`, as the guest would.")
  int runProgram(@Parameters(paramLabel = "PROGRAM", arity = "1..*") List<String> argv)
      throws HnvfException {
    try (SimulatedMachine machine = open()) {
      CommandResult result =
          machine
              .guest()
              .run(
                  org.hnvf.model.Command.changing(
                      PROGRAM_LIMIT,
                      argv.get(0),
                      argv.subList(1, argv.size()).toArray(String[]::new)));
      machine.save();
      console.answer(result.stdout());
      console.answerToErrors(result.stderr());
      if (result.ending() instanceof CommandResult.Exited exited) {
        return exited.status();
      }
      console.log(result.summary());
      return ExitCode.SYSTEM.status();
    }
  }

  @Command(
      name = "replay",
      description =
          "Replays recorded transcripts on the simulated guest, and reports for each command "
              + "whether its answer is identical.",
      footer = {
        "",
        "A line is skipped where it uses what is not simulated, or shows what was not known and is",
        "taken over. Recorded lines are marked -, simulated ones +.",
        "Exit status: 0 all compared commands are identical; 65 some differ, or a FILE is no",
        "transcript; 71 a FILE cannot be read."
      })
  int replay(
      @Parameters(paramLabel = "FILE", arity = "1..*") List<Path> transcripts,
      @Option(names = "--differences", description = "show only the commands that differ")
          boolean differences,
      @Option(names = "--json", description = "show the answer as data") boolean json)
      throws HnvfException {
    ImmutableList.Builder<Transcript> read = ImmutableList.builder();
    for (Path file : transcripts) {
      read.add(TranscriptFile.read(file));
    }
    ImmutableList.Builder<FileReplay> all = ImmutableList.builder();
    ImmutableList<Transcript> chosen = read.build();
    TerminalProgress progress =
        new TerminalProgress(new SystemTimer(), console::progress, "transcripts");
    progress.begins(chosen.size());
    int done = 0;
    for (Transcript transcript : chosen) {
      FileReplay replay = Replay.of(transcript);
      all.add(replay);
      // The line of the progress must not stand between those of the answer.
      progress.ends();
      if (!json) {
        console.answer(ReplayView.file(replay, differences));
      }
      progress.done(++done);
    }
    progress.ends();
    ImmutableList<FileReplay> replays = all.build();
    if (json) {
      console.json(ReplayView.data(replays));
    } else {
      console.answer(ReplayView.sum(replays));
    }
    boolean same = replays.stream().allMatch(r -> r.identical() == r.compared());
    return (same ? ExitCode.OK : ExitCode.BAD_DATA).status();
  }

  /** Something that the host does. */
  @FunctionalInterface
  private interface HostDeed {
    void on(SimulatedMachine machine) throws UserException;
  }

  /** Returns the VF of an hn that the guest has. */
  private static Optional<String> vf(SimulatedGuest guest, HnUnit unit) throws UserException {
    ImmutableList<String> pair =
        guest.interfaces().stream()
            .filter(name -> guest.unitOf(name).equals(OptionalInt.of(unit.number())))
            .collect(ImmutableList.toImmutableList());
    if (pair.stream().noneMatch(guest::isHn)) {
      throw UserException.noSuchPair("the simulated guest has no hn" + unit + "; nothing was done");
    }
    return pair.stream().filter(guest::isVf).findFirst();
  }

  private int onHost(boolean json, HostDeed deed) throws HnvfException {
    ImmutableList<String> lines;
    try (SimulatedMachine machine = open()) {
      machine.guest().drainEvents();
      deed.on(machine);
      lines =
          machine.guest().drainEvents().stream()
              .map(DevdNotice::line)
              .collect(ImmutableList.toImmutableList());
      machine.save();
    }
    if (json) {
      console.json(ImmutableMap.of("devd", lines));
    } else {
      lines.forEach(line -> console.answer(line + "\n"));
    }
    return ExitCode.OK.status();
  }

  private int answer(boolean json, String text) {
    if (json) {
      console.json(ImmutableMap.of("message", text));
    } else {
      console.answer(text + "\n");
    }
    return ExitCode.OK.status();
  }

  /** These verbs mean the simulated guest, with or without {@code --sim}. */
  private SimulatedMachine open() throws HnvfException {
    return SimulatedMachine.open(guests.directory(), new ProcessRunner());
  }

  private static HnUnit unit(String hn) throws UserException {
    InterfaceName name = InterfaceName.parse(hn);
    return name.hnUnit()
        .orElseThrow(() -> UserException.noSuchPair(name + " is not a synthetic NIC (hnX)"));
  }
}

package org.hnvf.lab.replay;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.lab.StockScripts;
import org.hnvf.lab.replay.CommandReplay.Difference;
import org.hnvf.lab.replay.CommandReplay.Verdict;
import org.hnvf.lab.replay.Trace.Effect;
import org.hnvf.lab.replay.Transcript.Recorded;
import org.hnvf.sim.DevdNotice;
import org.hnvf.sim.SimulatedGuest;

/** One replay of a transcript, from one starting guest. */
final class Attempt {
  private static final Pattern GAP = Pattern.compile("gap: \\d+ packets, about (\\d+) ms");

  private final Transcript transcript;
  private final Surroundings surroundings;
  private final StartingGuest start;
  private final SimulatedGuest guest;
  private final StockScripts stock;
  private final List<DevdNotice> waiting = new ArrayList<>();
  private final GuestPrograms programs;
  private final Shell shell;
  private final Uncertainty uncertainty = new Uncertainty();
  private final Recording recording;
  private final ImmutableList.Builder<CommandReplay> commands = ImmutableList.builder();
  private final List<CutOff> cutOffs = new ArrayList<>();
  private final ImmutableList.Builder<String> events = ImmutableList.builder();

  Attempt(Transcript transcript, Surroundings surroundings, StartingGuest start) {
    this.transcript = transcript;
    this.surroundings = surroundings;
    this.start = start;
    this.guest = start.boot(surroundings);
    this.stock =
        new StockScripts(guest, surroundings.edition(), surroundings.netlink(), waiting::add);
    this.programs = new GuestPrograms(guest, stock, surroundings.stockRules());
    this.shell = new Shell(programs);
    this.recording = new Recording(guest, uncertainty);
  }

  FileReplay run() {
    start.preparation().forEach(shell::line);
    guest.drainEvents();
    waiting.clear();
    transcript.entries().forEach(this::replay);
    return new FileReplay(
        transcript.name(),
        start.description(),
        commands.build(),
        ImmutableList.copyOf(cutOffs),
        events.build());
  }

  private void replay(Recorded entry) {
    Instant before = guest.timer().now();
    Shell.Ran ran = shell.line(entry.command());
    Trace trace = ran.trace();
    int probes = programs.rig().longestGaps().size();
    if (entry.command().startsWith("probe stop") && probes > cutOffs.size()) {
      cutOffs.add(
          new CutOff(recordedGap(entry.stdout()), programs.rig().longestGaps().get(probes - 1)));
    }
    if (entry.stdout().contains("/bin/sh /usr/libexec/hyperv/hyperv_vfup ")) {
      stock.loopsAlready();
    }
    uncertainty.known(trace.made());
    trace.forgotten().forEach(uncertainty::forget);
    devd();
    if (trace.reason().isPresent()) {
      skipOutOfScope(entry, trace, before);
    } else {
      compare(entry, ran);
    }
  }

  private static Duration recordedGap(String probe) {
    Duration longest = Duration.ZERO;
    Matcher gap = GAP.matcher(probe);
    while (gap.find()) {
      Duration next = Duration.ofMillis(Long.parseLong(gap.group(1)));
      longest = next.compareTo(longest) > 0 ? next : longest;
    }
    return longest;
  }

  /** It takes the time that it took; what it shows of what is not known is taken over. */
  private void skipOutOfScope(Recorded entry, Trace trace, Instant before) {
    Duration left = entry.took().minus(Duration.between(before, guest.timer().now()));
    if (!left.isNegative()) {
      programs.pass(left);
    }
    if (trace.effect() == Effect.ANYTHING) {
      uncertainty.all();
    } else if (trace.effect() == Effect.NETWORK) {
      uncertainty.network();
    }
    add(entry, Verdict.SKIPPED, "out of scope: " + trace.reason().orElse(""), ImmutableList.of());
    recording.takeOver(entry, trace);
  }

  private void compare(Recorded entry, Shell.Ran ran) {
    ImmutableList<Difference> differences = differences(entry, ran.said());
    if (differences.isEmpty()) {
      add(entry, Verdict.IDENTICAL, "", differences);
      recording.known(entry, ran.trace());
      return;
    }
    Set<Facet> facets = differing(entry, ran.said());
    List<Facet> uncertain = new ArrayList<>();
    boolean excused = true;
    for (Facet facet : facets) {
      if (facet.equals(Shown.OTHER)) {
        List<Facet> causes =
            ran.trace().touched().stream().filter(uncertainty::isUncertain).toList();
        uncertain.addAll(causes);
        excused &= !causes.isEmpty();
      } else if (uncertainty.isUncertain(facet)) {
        uncertain.add(facet);
      } else {
        excused = false;
      }
    }
    if (excused) {
      String why = "taken over, was not known: " + uncertain.get(0);
      add(entry, Verdict.SKIPPED, why, ImmutableList.of());
      recording.takeOver(entry, ran.trace());
    } else {
      add(entry, Verdict.DIFFERENT, "", differences);
    }
  }

  private static ImmutableList<Difference> differences(Recorded entry, Said said) {
    ImmutableList.Builder<Difference> all = ImmutableList.builder();
    String command = entry.command();
    difference(all, "stdout", Same.of(command, entry.stdout()), Same.of(command, said.stdout()));
    difference(all, "stderr", Same.of(command, entry.stderr()), Same.of(command, said.stderr()));
    difference(all, "exit status", "" + entry.status(), "" + said.status());
    return all.build();
  }

  private static void difference(
      ImmutableList.Builder<Difference> all, String what, String recorded, String simulated) {
    if (!recorded.equals(simulated)) {
      all.add(new Difference(what, recorded, simulated));
    }
  }

  /** Which facets of the guest are shown differently. */
  private static Set<Facet> differing(Recorded entry, Said said) {
    String command = entry.command();
    Map<Facet, String> recorded = Shown.in(Same.of(command, entry.stdout())).texts();
    Map<Facet, String> simulated = Shown.in(Same.of(command, said.stdout())).texts();
    Set<Facet> all = new LinkedHashSet<>(recorded.keySet());
    all.addAll(simulated.keySet());
    all.removeIf(f -> Objects.equals(recorded.get(f), simulated.get(f)));
    boolean errors = !Same.of(command, entry.stderr()).equals(Same.of(command, said.stderr()));
    if (all.isEmpty() || errors) {
      all.add(Shown.OTHER);
    }
    return all;
  }

  private void add(
      Recorded entry, Verdict verdict, String why, ImmutableList<Difference> differences) {
    commands.add(new CommandReplay(entry.line(), entry.command(), verdict, why, differences));
  }

  /** Where the base system's rules answer, an event may change anything. */
  private void devd() {
    stock.collect();
    boolean answered = false;
    for (DevdNotice event : waiting) {
      events.add(event.line());
      answered |= event.line().matches(".*(type=IFATTACH|system=HYPERV_NIC_VF .*|type=LINK_UP)");
    }
    waiting.clear();
    if (answered && surroundings.stockRules()) {
      uncertainty.all();
    }
  }
}

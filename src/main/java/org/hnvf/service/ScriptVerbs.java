package org.hnvf.service;

import com.google.common.collect.ImmutableList;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.hnvf.model.BackOff;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.ExitCode;
import org.hnvf.model.GuestState;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.OperatorWord;
import org.hnvf.model.Pair;
import org.hnvf.model.PairStatus;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;
import org.hnvf.override.OverrideEntry;
import org.hnvf.override.OverrideScripts;
import org.hnvf.state.Pairs;

/** The verbs on override scripts: list them, check one, run one. */
public final class ScriptVerbs {

  private final OverrideScripts scripts;
  private final Machine machine;
  private final PatientReader reader;
  private final PairReader pairs;
  private final Reconciler reconciler;

  ScriptVerbs(
      OverrideScripts scripts,
      Machine machine,
      PatientReader reader,
      PairReader pairs,
      Reconciler reconciler) {
    this.scripts = scripts;
    this.machine = machine;
    this.reader = reader;
    this.pairs = pairs;
    this.reconciler = reconciler;
  }

  /** Returns every override script of the guest, with the reasons why it would not be run. */
  public ImmutableList<OverrideEntry> list() throws HnvfException {
    GuestState guest = reader.snapshot();
    ImmutableList.Builder<OverrideEntry> all = ImmutableList.builder();
    for (OverrideEntry entry : scripts.entries()) {
      all.add(entry.hn().isPresent() ? about(guest, entry, entry.hn().get()) : entry);
    }
    return all.build();
  }

  private static OverrideEntry about(GuestState guest, OverrideEntry entry, InterfaceName name) {
    if (Pairs.ofHn(guest, name).filter(pair -> pair.hn().equals(name)).isEmpty()) {
      return entry.with(
          guest.find(name).isPresent()
              ? name + " is not a synthetic NIC (hn)"
              : "there is no interface " + name);
    }
    return guest.hyperV().isTransparent()
        ? entry.with("hw.hn.vf_transparent is 1, hnvf runs no script")
        : entry;
  }

  /**
   * Checks everything that decides whether the script of this hn is run when its VF comes up, and
   * the syntax of a script for sh(1). Nothing is run but {@code sh -n}.
   *
   * @throws UserException (no such pair) if there is no such pair
   */
  public ImmutableList<ScriptFinding> check(InterfaceName hn) throws HnvfException {
    GuestState guest = PairReader.supported(reader.snapshot());
    Look look = pairs.shown(guest, PairReader.pairOf(guest, hn));
    ImmutableList.Builder<ScriptFinding> findings = ImmutableList.builder();
    findings.addAll(ofScript(look.pair().hn()));
    findings.add(
        guest.hyperV().isTransparent()
            ? ScriptFinding.prevents(
                "mode", "hw.hn.vf_transparent is 1: the kernel does the failover by itself")
            : ScriptFinding.ok("mode", "hw.hn.vf_transparent is not 1"));
    findings.add(ofWord(look));
    return findings
        .add(
            ScriptFinding.ok(
                "pair",
                look.pair()
                    .vf()
                    .map(vf -> look.pair().hn() + " with the VF " + vf)
                    .orElse(look.pair().hn() + " without a VF; the script runs when one is up")))
        .build();
  }

  private ImmutableList<ScriptFinding> ofScript(InterfaceName hn) throws SystemException {
    Optional<OverrideEntry> entry = scripts.entry(hn);
    if (entry.isEmpty()) {
      return ImmutableList.of(
          new ScriptFinding("script", ExitCode.UNAVAILABLE, "there is neither " + places(hn)));
    }
    OverrideEntry script = entry.get();
    if (!script.faults().isEmpty()) {
      return script.faults().stream()
          .map(fault -> ScriptFinding.prevents("script", fault))
          .collect(ImmutableList.toImmutableList());
    }
    return ImmutableList.of(
        ScriptFinding.ok("script", script.path() + " " + script.rights()), syntax(script.path()));
  }

  private ScriptFinding syntax(String path) throws SystemException {
    Optional<Command> command = scripts.syntaxCheck(path, machine.shellRoot());
    if (command.isEmpty()) {
      return ScriptFinding.ok("syntax", "not checked: the script is not for /bin/sh");
    }
    CommandResult result = machine.runner().run(command.get());
    if (result.succeeded()) {
      return ScriptFinding.ok("syntax", result.summary());
    }
    return new ScriptFinding(
        "syntax",
        result.ending() instanceof CommandResult.Exited ? ExitCode.CONFIGURATION : ExitCode.SYSTEM,
        result.summary());
  }

  private ScriptFinding ofWord(Look look) {
    Optional<String> forbids = forbids(look);
    if (forbids.isPresent()) {
      return ScriptFinding.prevents("word", forbids.get());
    }
    return look.held()
        .filter(backOff -> backOff.isPausing(machine.timer().now()))
        .map(backOff -> ScriptFinding.prevents("back-off", pause(look, backOff)))
        .orElse(ScriptFinding.ok("word", "neither the operator's word nor a back-off forbids it"));
  }

  private static String pause(Look look, BackOff backOff) {
    return backOff.description()
        + backOff
            .ends()
            .map(end -> end.truncatedTo(ChronoUnit.SECONDS))
            .map(end -> ", until " + end)
            .orElse("")
        + "; `hnvf failback "
        + look.pair().hn()
        + "` ends it";
  }

  private Optional<String> forbids(Look look) {
    InterfaceName hn = look.pair().hn();
    boolean released = look.word() instanceof OperatorWord.Released;
    boolean pinned =
        look.word() instanceof OperatorWord.Pinned word && !word.isOver(machine.timer().now());
    return released || pinned
        ? Optional.of(
            hn
                + " is "
                + (released ? "RELEASED" : "PINNED")
                + ": its VF stays down; `hnvf failback "
                + hn
                + "` ends that and runs the script")
        : Optional.empty();
  }

  private String places(InterfaceName hn) {
    return String.join(" nor ", scripts.paths(hn));
  }

  /**
   * Runs the script of this hn as the workflow would, even if the VF is in a lagg already or a
   * back-off pauses.
   *
   * @throws UserException if there is no such pair, no VF or no script, or if the mode or the
   *     operator's word forbids it; nothing was changed
   */
  public ScriptRun run(InterfaceName hn) throws HnvfException {
    GuestState guest = PairReader.supported(reader.snapshot());
    Pair pair = PairReader.pairOf(guest, hn);
    PairReader.refuseTransparent(guest);
    Look look = pairs.shown(guest, pair);
    if (scripts.entry(pair.hn()).isEmpty()) {
      throw UserException.noSuchPair(
          "there is neither " + places(pair.hn()) + "; nothing was changed");
    }
    if (pair.vf().isEmpty()) {
      throw UserException.noSuchPair(
          pair.hn() + " has no VF, and its script runs after a VF is up; nothing was changed");
    }
    Optional<String> forbids = forbids(look);
    if (forbids.isPresent()) {
      throw UserException.configuration(forbids.get() + "; nothing was changed");
    }
    PairStatus before = look.status().at(machine.timer().now());
    Report report =
        reconciler
            .reconcile(pair.unit(), Request.script(pair.hn()))
            .orElseThrow(
                () ->
                    UserException.noSuchPair(
                        hn + " became part of another pair; nothing was changed, try again"));
    return new ScriptRun(before, report);
  }
}

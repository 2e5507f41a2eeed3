package org.hnvf.lab.sandbox;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.hnvf.cli.GuestOpener;
import org.hnvf.cli.OpenGuest;
import org.hnvf.exec.ProcessRunner;
import org.hnvf.exec.SystemTimer;
import org.hnvf.model.Command;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Settings;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;
import org.hnvf.service.ScriptFinding;
import org.hnvf.service.ScriptRun;
import org.hnvf.service.ScriptVerbs;
import org.hnvf.service.Wiring;
import org.hnvf.workflow.Progress;

/**
 * Runs an override script on a new sandbox, whose hn has just got a VF. The sandbox is in a
 * temporary directory, which is deleted at the end.
 */
public final class OverrideTrial {

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final long LARGEST = 1 << 20;

  private final GuestOpener guests;
  private final Progress progress;
  private final Consumer<String> complaints;

  /**
   * Creates it.
   *
   * @param guests opens the sandbox
   * @param progress receives the progress of the run
   * @param complaints receives the faults of the sandbox
   */
  public OverrideTrial(GuestOpener guests, Progress progress, Consumer<String> complaints) {
    this.guests = guests;
    this.progress = progress;
    this.complaints = complaints;
  }

  /**
   * The result.
   *
   * @param findings the findings of the check, which precedes the run
   * @param run the run; empty if a finding prevents it
   */
  public record Outcome(ImmutableList<ScriptFinding> findings, Optional<ScriptRun> run) {}

  /**
   * Checks the script and runs it.
   *
   * @param kind the kind of the simulated guest
   * @throws UserException if there is no such script, kind or hn, or if the script would run
   *     programs of this machine; it was not run
   */
  public Outcome of(InterfaceName hn, Path script, String kind) throws HnvfException {
    String text = text(script);
    Path directory = temporary();
    try {
      try (Sandbox sandbox =
          Sandbox.open(
              directory,
              Optional.of(kind),
              false,
              new SystemTimer(),
              new ProcessRunner(),
              complaints)) {
        refuseForeignPrograms(script, text, sandbox.programs());
        install(directory.resolve("root/usr/local/libexec/hnvf/hyperv_vfup." + hn), text);
        plug(directory, hn);
        return checkedAndRun(directory, hn);
      }
    } finally {
      delete(directory);
    }
  }

  private Outcome checkedAndRun(Path directory, InterfaceName hn) throws HnvfException {
    try (OpenGuest guest = guests.open(Optional.of(directory))) {
      ScriptVerbs scripts =
          Wiring.orchestrator(guest.machine(), Settings.DEFAULTS, guest.owner(), progress)
              .scripts();
      ImmutableList<ScriptFinding> findings = scripts.check(hn);
      return findings.stream().allMatch(ScriptFinding::isOk)
          ? new Outcome(findings, Optional.of(scripts.run(hn)))
          : new Outcome(findings, Optional.empty());
    }
  }

  private static String text(Path script) throws HnvfException {
    try {
      if (!Files.isRegularFile(script)) {
        throw UserException.usage(script + " is not a file; no script was run");
      }
      if (Files.size(script) > LARGEST) {
        throw UserException.badData(script + " is larger than 1 MiB; it was not run");
      }
      return Files.readString(script, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw SystemException.failed("cannot read " + script + ": " + e + "; it was not run", e);
    }
  }

  /**
   * The search path leads to the programs of the sandbox. A path, or another search path, leads to
   * those of this machine.
   */
  private static void refuseForeignPrograms(Path script, String text, ImmutableSet<String> programs)
      throws UserException {
    Optional<ForeignPrograms.Place> found = new ForeignPrograms(programs).firstIn(text);
    if (found.isPresent()) {
      throw UserException.badData(
          script
              + ", line "
              + found.get().line()
              + ": "
              + found.get().words()
              + " would run programs of this machine and not of the sandbox; name programs"
              + " without a path and leave PATH as it is; the script was not run");
    }
  }

  private static void install(Path place, String text) throws SystemException {
    try {
      var rights =
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.createDirectories(place.resolveSibling("."), rights);
      Files.writeString(place, text, StandardCharsets.ISO_8859_1);
      Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw SystemException.failed("cannot write " + place + ": " + e, e);
    }
  }

  private static void plug(Path directory, InterfaceName hn) throws HnvfException {
    String host = directory.resolve("host").toString();
    var plugged = new ProcessRunner().run(Command.changing(LIMIT, host, "plug", hn.value()));
    if (!plugged.succeeded()) {
      throw UserException.noSuchPair(
          "the simulated guest cannot get a VF for "
              + hn
              + " ("
              + plugged.stderr().strip()
              + "); the script was not run");
    }
  }

  private static Path temporary() throws SystemException {
    try {
      return Files.createTempDirectory("hnvf-try").toRealPath();
    } catch (IOException e) {
      throw SystemException.failed("cannot make a directory for the sandbox: " + e, e);
    }
  }

  private void delete(Path directory) {
    try {
      MoreFiles.deleteRecursively(directory, RecursiveDeleteOption.ALLOW_INSECURE);
    } catch (IOException e) {
      complaints.accept("cannot delete " + directory + ": " + e.getMessage());
    }
  }
}

package org.hnvf.doctor;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.GuestState;
import org.hnvf.model.HnvfException;
import org.hnvf.model.Settings;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;
import org.hnvf.override.HookScripts;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.rcconf.EvaluatedRcConf;
import org.hnvf.rcconf.RcConf;
import org.hnvf.service.Machine;
import org.hnvf.service.Orchestrator;
import org.hnvf.service.Wiring;
import org.hnvf.settings.SettingsFile;
import org.hnvf.workflow.Progress;

/** Reads all facts of a guest. A reading that fails makes its own fact unknown, and no other. */
final class FactReader {

  private static final Pattern INSTALLED_JAVA =
      Pattern.compile("(?m)^installed_java=[\"']?([^\"'\\s]+)");

  private final Machine machine;
  private final OwnerPolicy owner;
  private final DaemonProbe daemon;
  private final Optional<String> path;
  private final Places places;

  FactReader(Machine machine, OwnerPolicy owner, DaemonProbe daemon, Optional<String> path) {
    this.machine = machine;
    this.owner = owner;
    this.daemon = daemon;
    this.path = path;
    this.places = new Places(machine.prefix());
  }

  GuestFacts read() {
    Optional<String> rcFault = Optional.empty();
    Fact<EvaluatedRcConf> rc;
    try {
      rc = new Fact.Known<>(evaluated());
    } catch (UserException e) {
      rc = new Fact.NotKnown<>(String.valueOf(e.getMessage()));
      rcFault = Optional.of(String.valueOf(e.getMessage()));
    } catch (SystemException e) {
      rc = new Fact.NotKnown<>(String.valueOf(e.getMessage()));
    }
    Orchestrator orchestrator = Wiring.orchestrator(machine, settings(), owner, Progress.NONE);
    Fact<GuestState> guest = Fact.of(orchestrator::guest);
    PairFactReader pairs = new PairFactReader(machine, owner, orchestrator);
    Fact<EvaluatedRcConf> known = rc;
    FilesRead files =
        new FileReader(machine, places).read(texts -> Fact.of(() -> java(known, texts)));
    Fact<String> java = Fact.of(() -> java(known, files));
    return new GuestFacts(
        places,
        machine.timer().now(),
        guest,
        Fact.of(() -> pairs.read(guest.get(), known)),
        Fact.of(new HookScripts(machine.root(), machine.prefix(), owner)::find),
        Fact.of(() -> known.get().variables()),
        rcFault,
        settingsFault(),
        java,
        daemon.ask(),
        files,
        answers(java),
        path);
  }

  private EvaluatedRcConf evaluated() throws UserException, SystemException {
    return new RcConf(machine.runner(), machine.shellRoot(), RcConf.DEFAULT_TIME_LIMIT).evaluate();
  }

  private Settings settings() {
    return SettingsFile.under(machine.prefix(), machine.files())
        .readOr(Settings.DEFAULTS, why -> {});
  }

  private Optional<String> settingsFault() {
    try {
      var unused = SettingsFile.under(machine.prefix(), machine.files()).readAnybodys();
      return Optional.empty();
    } catch (HnvfException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Returns the Java of the daemon, which rc.conf may name, or that of the installation. */
  private String java(Fact<EvaluatedRcConf> rc, FilesRead files) throws NotKnownException {
    String named = rc.get().variables().text("hnvf_java").strip();
    if (!named.isEmpty()) {
      return named;
    }
    String script =
        files
            .text(places.archiver())
            .orElseThrow(() -> new NotKnownException("there is no file " + places.archiver()));
    Matcher installed = INSTALLED_JAVA.matcher(script);
    if (!installed.find()) {
      throw new NotKnownException(places.archiver() + " does not name a Java");
    }
    return installed.group(1);
  }

  private ImmutableMap<ImmutableList<String>, CommandResult> answers(Fact<String> java) {
    Map<ImmutableList<String>, CommandResult> answers = new LinkedHashMap<>();
    Questions.ALL.forEach(question -> ask(question, answers));
    ask(machine.files().exists("/var/db/hnvf") ? Questions.DISK : Questions.DISK_ABOVE, answers);
    if (java instanceof Fact.Known<String> found) {
      Command version = Questions.version(found.value());
      if (found.value().startsWith("/") && machine.files().exists(found.value())) {
        ask(version, answers);
      } else {
        answers.put(
            version.argv(),
            new CommandResult(
                version, new CommandResult.NotFound(found.value()), "", "", Duration.ZERO));
      }
    }
    return ImmutableMap.copyOf(answers);
  }

  private void ask(Command question, Map<ImmutableList<String>, CommandResult> answers) {
    answers.put(question.argv(), machine.runner().run(question));
  }
}

package org.hnvf.doctor;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hnvf.exec.FileTimes.Times;
import org.hnvf.model.CommandResult;
import org.hnvf.model.Severity;

/** Java, and its archive of the classes of hnvf. */
final class JavaChecks {

  private static final int OLDEST = 17;

  /** {@code openjdk 17.0.9 2023-10-17}. */
  private static final Pattern VERSION =
      Pattern.compile("\\S+ (\\d{1,4})[.\\s-].*", Pattern.DOTALL);

  private static final String OPENJDK = "/usr/local/openjdk17/bin/java";
  private static final Pattern OF_PORTS = Pattern.compile("/usr/local/(openjdk[0-9]+)/bin/java");

  static final ImmutableList<Check> ALL =
      ImmutableList.of(
          new Check(
              "java",
              Severity.FAULT,
              "the Java of hnvf does not exist, does not run, or is older than Java 17",
              "The daemon does not start, and events are served only if another Java is found.",
              "`pkg install openjdk17`",
              JavaChecks::java),
          new Check(
              "archive",
              Severity.NOTE,
              "the archive of classes is missing, or older than hnvf.jar or Java",
              "Without it each start of Java takes about twice as long.",
              "`/usr/local/libexec/hnvf/archive`",
              JavaChecks::archive));

  private JavaChecks() {}

  private static Stream<Found> java(GuestFacts facts) throws NotKnownException {
    facts.requireInstallation();
    String java = facts.java().get();
    CommandResult result = facts.answer(Questions.version(java));
    if (result.ending() instanceof CommandResult.TimedOut) {
      throw new NotKnownException(result.summary());
    }
    if (!facts.files().exists(java)) {
      return Stream.of(
          install(facts, java, java + ", with which hnvf was installed, does not exist."));
    }
    if (!result.succeeded()) {
      return Stream.of(install(facts, java, "Java does not run: " + result.summary() + "."));
    }
    String said = facts.told(Questions.version(java));
    Matcher version = VERSION.matcher(said);
    if (!version.matches()) {
      throw new NotKnownException("`" + java + " --version` prints no version");
    }
    return Integer.parseInt(version.group(1)) < OLDEST
        ? Stream.of(other(facts, java + " is Java " + version.group(1) + ", and hnvf needs 17."))
        : Stream.empty();
  }

  private static Found install(GuestFacts facts, String java, String text) {
    Matcher port = OF_PORTS.matcher(java);
    return port.matches()
        ? Found.of(text, "pkg install " + port.group(1), facts.places().archiver() + " " + java)
        : other(facts, text);
  }

  /** Selects another Java than before; the archive of classes holds for one Java only. */
  private static Found other(GuestFacts facts, String text) {
    return Found.of(
        text,
        "pkg install openjdk17",
        "sysrc hnvf_java=" + OPENJDK,
        facts.places().archiver() + " " + OPENJDK);
  }

  private static Stream<Found> archive(GuestFacts facts) throws NotKnownException {
    facts.requireInstallation();
    Optional<Times> archive = facts.files().times(facts.places().archive());
    if (archive.isEmpty()) {
      return Stream.of(
          Found.of(
              "There is no file " + facts.places().archive() + ".", facts.places().archiver()));
    }
    Instant made = archive.get().modified();
    for (String file : ImmutableList.of(facts.places().jar(), facts.java().get())) {
      Optional<Times> times = facts.files().times(file);
      if (times.isPresent() && times.get().changed().isAfter(made)) {
        return Stream.of(
            Found.of(
                facts.places().archive() + " is older than " + file + ".",
                facts.places().archiver()));
      }
    }
    return Stream.empty();
  }
}

package org.hnvf.doctor;

import com.google.common.collect.ImmutableList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hnvf.exec.OwnDirectories;
import org.hnvf.model.Command;
import org.hnvf.model.Severity;
import org.hnvf.override.OverrideScript;

/** The files of hnvf and their permissions. */
final class FileChecks {

  private static final Pattern FAULT =
      Pattern.compile(
          "(/\\S*) is (?:not (owned by root|executable)|(writable by group or others).*)");

  static final ImmutableList<Check> ALL =
      ImmutableList.of(
          new Check(
              "override-script",
              Severity.WARNING,
              "an override script is refused",
              "hnvf runs neither the script nor its own workflow, and the VF is not used.",
              "`chown root:wheel FILE`, `chmod go-w FILE` or `chmod 0755 FILE`",
              FileChecks::script),
          new Check(
              "hook",
              Severity.WARNING,
              "a hook in `hooks.d` is refused, or its interpreter is missing",
              "hnvf does not run the hook, so its program gets no outcome.",
              "`chown root:wheel FILE`, `chmod go-w FILE` or `chmod 0755 FILE`",
              FileChecks::hook),
          new Check(
              "state-dir",
              Severity.FAULT,
              "`/var/db/hnvf` or `/var/run/hnvf` is a link, or other users can write to it",
              "hnvf trusts no file there, so it begins no workflow.",
              "`chown root:wheel DIRECTORY`, `chmod 0700 DIRECTORY`",
              FileChecks::state),
          new Check(
              "settings-rights",
              Severity.WARNING,
              "`hnvf.json` or its directory is a link, or other users can write to it",
              "hnvf does not use the file: the default settings apply.",
              "`chown root:wheel FILE`, `chmod go-w FILE`",
              FileChecks::settingsRights),
          new Check(
              "settings",
              Severity.WARNING,
              "`hnvf.json` has a mistake",
              "hnvf does not use the file: the default settings apply, and `service hnvf restart` is"
                  + " refused.",
              "`vi /usr/local/etc/hnvf/hnvf.json`, `hnvf config --check`",
              FileChecks::settings));

  private FileChecks() {}

  private static Stream<Found> script(GuestFacts facts) throws NotKnownException {
    Stream.Builder<Found> all = Stream.builder();
    for (PairFacts pair : facts.pairs().get()) {
      if (pair.script().orElse(null) instanceof OverrideScript.Refused refused) {
        all.add(script(refused));
      }
    }
    return all.build();
  }

  private static Stream<Found> hook(GuestFacts facts) throws NotKnownException {
    return facts.hooks().get().stream()
        .filter(OverrideScript.Refused.class::isInstance)
        .map(hook -> script((OverrideScript.Refused) hook));
  }

  private static Found script(OverrideScript.Refused refused) {
    String text = refused.path() + " is refused: " + refused.reason() + ".";
    Matcher fault = FAULT.matcher(refused.reason());
    if (!fault.matches()) {
      return Found.of(text, "ls -l " + refused.path())
          .remedy("Put a program there that is a regular file of root's, or remove it.");
    }
    String file = Command.quoted(fault.group(1));
    if (fault.group(3) != null) {
      return Found.of(text, "chmod go-w " + file);
    }
    return fault.group(2).equals("executable")
        ? Found.of(text, "chmod 0755 " + file)
        : Found.of(text, "chown root:wheel " + file);
  }

  private static Stream<Found> state(GuestFacts facts) {
    return ImmutableList.of(OwnDirectories.STATE, OwnDirectories.RUN).stream()
        .flatMap(directory -> rights(facts, directory, "chmod 0700 " + directory));
  }

  private static Stream<Found> settingsRights(GuestFacts facts) {
    return ImmutableList.of(facts.places().settingsDirectory(), facts.places().settings()).stream()
        .flatMap(file -> rights(facts, file, "chmod go-w " + file));
  }

  private static Stream<Found> rights(GuestFacts facts, String file, String chmod) {
    String refused = facts.files().refused().get(file);
    if (refused == null) {
      return Stream.empty();
    }
    return refused.contains("symbolic link")
        ? Stream.of(
            Found.of(sentence(refused), "ls -l " + file, "rm " + file)
                .remedy("Look at its target, and remove the link."))
        : Stream.of(Found.of(sentence(refused), "chown root:wheel " + file, chmod));
  }

  private static String sentence(String refused) {
    return refused.replaceFirst("^refused ", "hnvf refuses ") + ".";
  }

  private static Stream<Found> settings(GuestFacts facts) {
    return facts.settingsFault().stream()
        .filter(fault -> !facts.files().refused().containsKey(facts.places().settings()))
        .map(
            fault ->
                Found.of(fault + ".", "vi " + facts.places().settings(), "hnvf config --check"));
  }
}

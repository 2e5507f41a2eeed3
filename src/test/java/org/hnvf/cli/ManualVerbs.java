package org.hnvf.cli;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes the parts of hnvf.8 that repeat the grammar of the verbs: the synopsis, and in VERBS the
 * verbs, their order, and the line of each with its arguments and options. The text below that line
 * is kept; a verb without a text gets its description.
 */
final class ManualVerbs {

  private static final String SYNOPSIS = "the synopsis";
  private static final String VERBS = "the verbs and the line of each";
  private static final String ITEM = ".It Cm ";

  /** The page describes these options once, for all verbs. */
  static final ImmutableSet<String> COMMON =
      ImmutableSet.of("--json", "--sim", "--guest-bin", "--strategy", "--help", "--version");

  private final Grammar.Node hnvf;

  ManualVerbs(Grammar.Node hnvf) {
    this.hnvf = hnvf;
  }

  /** Returns the page with these parts made anew. */
  String in(String page) {
    String synopsis = hnvf.verbs().stream().map(ManualVerbs::synopsis).collect(joining());
    String made = replaced(page, SYNOPSIS, synopsis);
    return replaced(made, VERBS, list(hnvf, between(made, VERBS)));
  }

  /** Returns the text below the line of each verb. */
  Map<String, String> texts(String page) {
    Map<String, String> texts = new LinkedHashMap<>();
    collect(hnvf, between(page, VERBS), texts);
    return texts;
  }

  private static void collect(Grammar.Node above, String list, Map<String, String> texts) {
    Map<String, String> items = items(list);
    for (Grammar.Node verb : above.verbs()) {
      String text = items.getOrDefault(verb.name(), "");
      texts.put(verb.path(), text);
      if (!verb.verbs().isEmpty() && text.contains(".Bl ")) {
        collect(verb, text.substring(text.indexOf(".Bl ")), texts);
      }
    }
  }

  private static String begin(String part) {
    return ".\\\" BEGIN " + part + ": ManualVerbsTest makes it of the grammar\n";
  }

  private static String end(String part) {
    return ".\\\" END " + part + "\n";
  }

  private static String between(String page, String part) {
    int from = page.indexOf(begin(part)) + begin(part).length();
    return page.substring(from, page.indexOf(end(part)));
  }

  private static String replaced(String page, String part, String text) {
    int from = page.indexOf(begin(part)) + begin(part).length();
    return page.substring(0, from) + text + page.substring(page.indexOf(end(part)));
  }

  private static String synopsis(Grammar.Node verb) {
    if (!verb.verbs().isEmpty()) {
      return verb.verbs().stream().map(ManualVerbs::synopsis).collect(joining());
    }
    return ".Nm\n.Cm "
        + verb.path()
        + "\n"
        + Stream.of(required(verb), optional(verb))
            .flatMap(List::stream)
            .map(part -> "." + part + "\n")
            .collect(joining());
  }

  /** Returns the macros of the options and arguments that must be there. */
  private static List<String> required(Grammar.Node verb) {
    return Stream.concat(
            verb.options().stream().filter(Grammar.Option::required).map(ManualVerbs::option),
            verb.arguments().stream().filter(Grammar.Argument::required).map(ManualVerbs::argument))
        .toList();
  }

  private static String option(Grammar.Option option) {
    return "Fl "
        + option.name().substring(1)
        + option.value().map(value -> " " + argument(value)).orElse("");
  }

  /** Returns the macros of the options, and of the arguments that may be left out. */
  private static List<String> optional(Grammar.Node verb) {
    return Stream.concat(
            verb.options().stream()
                .filter(option -> !COMMON.contains(option.name()))
                .filter(option -> !option.required())
                .map(ManualVerbs::option),
            verb.arguments().stream()
                .filter(argument -> !argument.required())
                .map(ManualVerbs::argument))
        .map("Op "::concat)
        .toList();
  }

  private static String argument(Grammar.Argument argument) {
    String label = argument.label().toLowerCase(Locale.ROOT);
    return "Ar "
        + (label.equals("dir") ? "directory" : label.replace("|", " | "))
        + (argument.repeats() ? " ..." : "");
  }

  /** Returns the line of a verb. Op takes the rest of a line, so that only the last one has it. */
  private static String line(Grammar.Node verb) {
    if (!verb.verbs().isEmpty()) {
      return ITEM + verb.name() + " Ar verb ...\n";
    }
    List<String> parts = new ArrayList<>(required(verb));
    List<String> optional = optional(verb);
    for (int i = 0; i < optional.size(); i++) {
      parts.add(
          i < optional.size() - 1
              ? optional.get(i).replaceFirst("^Op ", "Oo ") + " Oc"
              : optional.get(i));
    }
    return Stream.concat(Stream.of(ITEM + verb.name()), parts.stream()).collect(joining(" "))
        + "\n";
  }

  private static String list(Grammar.Node above, String old) {
    Map<String, String> items = items(old);
    return ".Bl -tag -width Ds\n"
        + above.verbs().stream()
            .map(verb -> line(verb) + text(verb, items.getOrDefault(verb.name(), "")))
            .collect(joining())
        + ".El\n";
  }

  private static String text(Grammar.Node verb, String old) {
    String text = old.isEmpty() ? verb.description().replace(". ", ".\n") + "\n" : old;
    if (verb.verbs().isEmpty()) {
      return text;
    }
    int from = text.indexOf(".Bl ");
    return from < 0
        ? text + list(verb, ".Bl\n.El\n")
        : text.substring(0, from) + list(verb, text.substring(from));
  }

  /** Divides a list into the texts of its items, by verb. */
  private static Map<String, String> items(String list) {
    Map<String, String> items = new LinkedHashMap<>();
    ImmutableList<String> lines = list.lines().collect(ImmutableList.toImmutableList());
    int depth = 0;
    String verb = "";
    for (String line : lines) {
      depth += line.startsWith(".Bl ") ? 1 : 0;
      if (depth == 1 && line.startsWith(ITEM)) {
        verb = line.substring(ITEM.length()).replaceFirst(" .*", "");
      } else if (!verb.isEmpty() && !(depth == 1 && line.equals(".El"))) {
        items.merge(verb, line + "\n", String::concat);
      }
      depth -= line.equals(".El") ? 1 : 0;
    }
    return items;
  }
}

package org.hnvf.cli;

import com.google.common.collect.ImmutableList;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hnvf.lab.cli.LabVerbs;
import org.hnvf.lab.cli.SimulatedGuests;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The verbs of the product and of the laboratory, as the command line has them. */
final class Grammar {

  private Grammar() {}

  /**
   * A verb.
   *
   * @param path its words, such as {@code override check}; empty for hnvf itself
   * @param description its description
   * @param verbs the verbs below it
   * @param options its options, in the order of the help
   * @param arguments its arguments, in their order
   */
  record Node(
      String path,
      String description,
      ImmutableList<Node> verbs,
      ImmutableList<Option> options,
      ImmutableList<Argument> arguments) {

    /** Returns its last word. */
    String name() {
      return path.substring(path.lastIndexOf(' ') + 1);
    }

    /** Returns this verb and all below it. */
    Stream<Node> all() {
      return Stream.concat(Stream.of(this), verbs.stream().flatMap(Node::all));
    }
  }

  /**
   * An option.
   *
   * @param names its names, the long one last
   * @param description its description
   * @param value its value; empty without one
   * @param valueIsOptional whether it may stand without its value
   * @param required whether it must be there
   */
  record Option(
      ImmutableList<String> names,
      String description,
      Optional<Argument> value,
      boolean valueIsOptional,
      boolean required) {

    String name() {
      return names.get(names.size() - 1);
    }
  }

  /**
   * An argument, or the value of an option.
   *
   * @param label its label, such as {@code HN}
   * @param candidates its values, if they are known
   * @param required whether it must be there
   * @param repeats whether more of it may follow
   */
  record Argument(
      String label, ImmutableList<String> candidates, boolean required, boolean repeats) {

    /** Returns what completes it: the name of a function of the completions; empty if nothing. */
    Optional<Completer> completer() {
      if (!candidates.isEmpty()) {
        return Optional.of(Completer.WORDS);
      }
      return Optional.ofNullable(
          switch (label) {
            case "HN" -> Completer.HN;
            case "VF" -> Completer.VF;
            case "HN|FILE" -> Completer.HN_OR_FILE;
            case "FILE", "PATH" -> Completer.FILE;
            case "DIR" -> Completer.DIRECTORY;
            default -> null;
          });
    }
  }

  /** The kinds of arguments that a shell completes. */
  enum Completer {
    WORDS,
    HN,
    VF,
    HN_OR_FILE,
    FILE,
    DIRECTORY
  }

  /** Returns hnvf, with all its verbs. */
  static Node whole() {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    return node(
        "",
        LabVerbs.commandLine(
                nowhere, nowhere, new SimulatedGuests(new ProductGuests(), Path.of("/")))
            .commandLine());
  }

  private static Node node(String path, CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    ImmutableList.Builder<Node> verbs = ImmutableList.builder();
    // picocli takes verbs that are methods in the order of reflection, which is not fixed.
    Map<String, CommandLine> below =
        path.isEmpty() ? line.getSubcommands() : new TreeMap<>(line.getSubcommands());
    for (Map.Entry<String, CommandLine> verb : below.entrySet()) {
      verbs.add(node((path + " " + verb.getKey()).strip(), verb.getValue()));
    }
    return new Node(
        path,
        text(spec.usageMessage().description()),
        verbs.build(),
        spec.options().stream()
            .filter(option -> !option.hidden())
            .sorted(Comparator.comparing(OptionSpec::longestName))
            .map(Grammar::option)
            .collect(ImmutableList.toImmutableList()),
        spec.positionalParameters().stream()
            .map(Grammar::argument)
            .collect(ImmutableList.toImmutableList()));
  }

  private static Option option(OptionSpec option) {
    boolean valued = option.arity().max() > 0;
    return new Option(
        Arrays.stream(option.names())
            .sorted(Comparator.comparing(String::length))
            .collect(ImmutableList.toImmutableList()),
        text(option.description()).replace("${COMPLETION-CANDIDATES}", candidates(option)),
        valued ? Optional.of(argument(option, true, false)) : Optional.empty(),
        valued && option.arity().min() == 0,
        option.required());
  }

  private static Argument argument(PositionalParamSpec parameter) {
    return argument(parameter, parameter.arity().min() > 0, parameter.arity().max() > 1);
  }

  private static Argument argument(ArgSpec spec, boolean required, boolean repeats) {
    Iterable<String> known = spec.completionCandidates();
    return new Argument(
        spec.paramLabel().replaceAll("[<>]", ""),
        known == null ? ImmutableList.of() : ImmutableList.copyOf(known),
        required,
        repeats);
  }

  private static String candidates(OptionSpec option) {
    Iterable<String> known = option.completionCandidates();
    return known == null ? "" : String.join(", ", known);
  }

  private static String text(String[] lines) {
    return Ansi.OFF.string(String.join(" ", lines));
  }
}

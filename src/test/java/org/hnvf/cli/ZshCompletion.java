package org.hnvf.cli;

import static java.util.stream.Collectors.joining;

import java.util.stream.Collectors;

/** Makes the completion for zsh(1) of the grammar. */
final class ZshCompletion {

  private static final String HEAD =
      """
      #compdef hnvf
      #
      # zsh completion of hnvf(8)
      #
      # CompletionTest makes this file of the grammar of the verbs; do not edit it.

      _hnvf_hn()
      {
      	local -a names=(${(M)=$(ifconfig -l 2>/dev/null):#hn<->})
      	_wanted interfaces expl 'hn interface' compadd -a names
      }

      _hnvf_vf()
      {
      	local -a names=(${=$(ifconfig -l 2>/dev/null):#(*.*|(hn|lo|lagg|vlan|bridge)<->)})
      	_wanted interfaces expl 'VF' compadd -a names
      }

      _hnvf_hn_or_file()
      {
      	_alternative 'interfaces:hn interface:_hnvf_hn' 'files:file:_files'
      }
      """;

  private final Grammar.Node hnvf;

  ZshCompletion(Grammar.Node hnvf) {
    this.hnvf = hnvf;
  }

  String text() {
    return HEAD + hnvf.all().map(ZshCompletion::function).collect(joining()) + "\n_hnvf \"$@\"\n";
  }

  private static String function(Grammar.Node node) {
    String arguments =
        node.options().stream().map(ZshCompletion::option).collect(joining())
            + (node.verbs().isEmpty() ? positional(node) : "");
    String body =
        node.verbs().isEmpty()
            ? "\t_arguments -s -S" + arguments + "\n"
            : "\tlocal curcontext=$curcontext state line\n\t_arguments -C"
                + arguments
                + " \\\n\t\t'1:verb:->verb' \\\n\t\t'*::argument:->argument'\n"
                + verbs(node);
    return "\n" + name(node) + "()\n{\n" + body + "}\n";
  }

  private static String name(Grammar.Node node) {
    return "_hnvf" + (node.path().isEmpty() ? "" : "_" + node.path().replace(' ', '_'));
  }

  private static String verbs(Grammar.Node node) {
    String described =
        node.verbs().stream()
            .map(
                verb ->
                    "\t\t\t'" + verb.name() + ":" + quoted(sentence(verb.description())) + "'\n")
            .collect(joining());
    String called =
        node.verbs().stream()
            .map(verb -> "\t\t" + verb.name() + ") " + name(verb) + " ;;\n")
            .collect(joining());
    return "\tcase $state in\n\tverb)\n\t\tlocal -a verbs=(\n"
        + described
        + "\t\t)\n\t\t_describe verb verbs\n\t\t;;\n\targument)\n\t\tcase $line[1] in\n"
        + called
        + "\t\tesac\n\t\t;;\n\tesac\n";
  }

  private static String option(Grammar.Option option) {
    String names = String.join(",", option.names());
    String several =
        option.names().size() > 1
            ? "'(" + names.replace(',', ' ') + ")'{" + names + "}'"
            : "'" + names;
    // After "=" the value may also be the next word, after "=-" it may not.
    String equals = option.value().map(value -> option.valueIsOptional() ? "=-" : "=").orElse("");
    String value =
        option
            .value()
            .map(argument -> (option.valueIsOptional() ? "::" : ":") + message(argument))
            .orElse("");
    return " \\\n\t\t"
        + several
        + equals
        + "["
        + brackets(quoted(sentence(option.description())))
        + "]"
        + value
        + "'";
  }

  private static String positional(Grammar.Node node) {
    return node.arguments().stream()
        .map(
            argument ->
                " \\\n\t\t'"
                    + (argument.repeats() ? "*" : "")
                    + ":"
                    + (argument.required() || argument.repeats() ? "" : ":")
                    + message(argument)
                    + "'")
        .collect(joining());
  }

  private static String message(Grammar.Argument argument) {
    return argument.label()
        + ":"
        + argument
            .completer()
            .map(
                completer ->
                    switch (completer) {
                      case WORDS -> "(" + String.join(" ", argument.candidates()) + ")";
                      case HN -> "_hnvf_hn";
                      case VF -> "_hnvf_vf";
                      case HN_OR_FILE -> "_hnvf_hn_or_file";
                      case FILE -> "_files";
                      case DIRECTORY -> "_files -/";
                    })
            .orElse(" ");
  }

  /** Returns the first sentence, without the full stop. */
  private static String sentence(String text) {
    return text.replaceFirst("\\.( .*)?$", "").replaceFirst("(\\S{3})\\. .*", "$1");
  }

  private static String quoted(String text) {
    return text.replace("'", "'\\''");
  }

  private static String brackets(String text) {
    return text.chars()
        .mapToObj(c -> c == '[' || c == ']' || c == ':' ? "\\" + (char) c : "" + (char) c)
        .collect(Collectors.joining());
  }
}

package org.hnvf.cli;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes the completion for bash(1) of the grammar. */
final class BashCompletion {

  private static final String TEXT =
      """
      # bash completion of hnvf(8)
      #
      # CompletionTest makes this file of the grammar of the verbs; do not edit it.

      # _hnvf_interfaces FUNCTION: the interfaces that the function accepts.
      _hnvf_interfaces()
      {
      	local name
      	for name in $(ifconfig -l 2>/dev/null); do
      		if "$1" "$name"; then
      			printf '%s\\n' "$name"
      		fi
      	done
      }

      _hnvf_is_hn()
      {
      	[[ $1 == hn[0-9]* && $1 != *.* ]]
      }

      _hnvf_may_be_vf()
      {
      	case $1 in
      	hn[0-9]* | lo[0-9]* | lagg[0-9]* | vlan[0-9]* | bridge[0-9]* | *.*) return 1 ;;
      	esac
      }

      # _hnvf_is_verb WORDS
      _hnvf_is_verb()
      {
      	case $1 in
      @IS_VERB@
      	*) return 1 ;;
      	esac
      }

      # _hnvf_verbs VERB: the verbs below it.
      _hnvf_verbs()
      {
      	case $1 in
      @VERBS@
      	esac
      }

      # _hnvf_options VERB
      _hnvf_options()
      {
      	case $1 in
      @OPTIONS@
      	esac
      }

      # _hnvf_kind VERB OPTION, or VERB PLACE: the kind of the value, or of the argument
      # in this place.  An option without a value has none.
      _hnvf_kind()
      {
      	case "$1/$2" in
      @KINDS@
      	esac
      }

      _hnvf_complete()
      {
      	local current=$2
      	case $1 in
      	words:*) compgen -W "${1#words:}" -- "$current" ;;
      	hn) compgen -W "$(_hnvf_interfaces _hnvf_is_hn)" -- "$current" ;;
      	vf) compgen -W "$(_hnvf_interfaces _hnvf_may_be_vf)" -- "$current" ;;
      	hn_or_file)
      		compgen -W "$(_hnvf_interfaces _hnvf_is_hn)" -- "$current"
      		compgen -f -- "$current"
      		;;
      	file) compgen -f -- "$current" ;;
      	directory) compgen -d -- "$current" ;;
      	esac
      }

      _hnvf()
      {
      	local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
      	local verb='' place=0 kind='' equals='' word i
      	# Bash divides --option=value into three words.
      	if [[ $current == = ]]; then
      		current='' equals='='
      	elif [[ $previous == = ]]; then
      		previous=${COMP_WORDS[COMP_CWORD - 2]} equals='='
      	fi
      	for ((i = 1; i < COMP_CWORD; i++)); do
      		word=${COMP_WORDS[i]}
      		case $word in
      		=) ((i++)) ;;
      		-*)
      			if [[ -n $(_hnvf_kind "$verb" "$word") && ${COMP_WORDS[i + 1]-} != = ]]; then
      				((i++))
      			fi
      			;;
      		*)
      			if ((place == 0)) && _hnvf_is_verb "${verb:+$verb }$word"; then
      				verb=${verb:+$verb }$word
      			else
      				((place++))
      			fi
      			;;
      		esac
      	done
      	COMPREPLY=()
      	if [[ $previous == -* ]]; then
      		kind=$(_hnvf_kind "$verb" "$previous")
      		if [[ -z $kind && -n $equals ]]; then
      			kind=$(_hnvf_kind "$verb" "$previous=")
      		fi
      	fi
      	if [[ -z $kind && $current == -* ]]; then
      		kind=words:$(_hnvf_options "$verb")
      	elif [[ -z $kind ]]; then
      		kind=words:$(_hnvf_verbs "$verb")
      		if [[ $kind == words: ]]; then
      			kind=$(_hnvf_kind "$verb" "$place")
      		fi
      	fi
      	case $kind in
      	*file | directory) compopt -o filenames 2>/dev/null ;;
      	esac
      	mapfile -t COMPREPLY < <(_hnvf_complete "$kind" "$current")
      }

      complete -F _hnvf hnvf
      """;

  /** The place of an argument that repeats. */
  private static final String ANY = "[0-9]*";

  private final Grammar.Node hnvf;

  BashCompletion(Grammar.Node hnvf) {
    this.hnvf = hnvf;
  }

  String text() {
    return TEXT.replace("@IS_VERB@\n", isVerb())
        .replace("@VERBS@\n", cases(node -> words(node.verbs().stream().map(Grammar.Node::name))))
        .replace(
            "@OPTIONS@\n",
            cases(
                node -> words(node.options().stream().flatMap(option -> option.names().stream()))))
        .replace("@KINDS@\n", kinds());
  }

  private String isVerb() {
    return "\t"
        + hnvf.all()
            .map(Grammar.Node::path)
            .filter(path -> !path.isEmpty())
            .map(path -> "'" + path + "'")
            .collect(joining(" | \\\n\t"))
        + ") ;;\n";
  }

  private static String words(Stream<String> words) {
    return words.collect(joining(" "));
  }

  private String cases(Function<Grammar.Node, String> words) {
    return hnvf.all()
        .filter(node -> !words.apply(node).isEmpty())
        .map(node -> "\t'" + node.path() + "') echo '" + words.apply(node) + "' ;;\n")
        .collect(joining());
  }

  /** The verbs and places of each kind: one line for a kind. */
  private String kinds() {
    Map<String, String> patterns = new LinkedHashMap<>();
    hnvf.all()
        .forEach(
            node -> {
              for (Grammar.Option option : node.options()) {
                option
                    .value()
                    .ifPresent(
                        value -> {
                          String suffix = option.valueIsOptional() ? "=" : "";
                          add(patterns, value, node.path() + "/" + option.name() + suffix, "");
                        });
              }
              IntStream.range(0, node.arguments().size())
                  .forEach(
                      i -> {
                        Grammar.Argument argument = node.arguments().get(i);
                        String place = argument.repeats() ? "" : "" + i;
                        String rest = argument.repeats() ? ANY : "";
                        add(patterns, argument, node.path() + "/" + place, rest);
                      });
            });
    return patterns.entrySet().stream()
        .map(kind -> "\t" + kind.getValue() + ") echo '" + kind.getKey() + "' ;;\n")
        .collect(joining());
  }

  private static void add(
      Map<String, String> patterns, Grammar.Argument argument, String quoted, String pattern) {
    patterns.merge(
        kind(argument), "'" + quoted + "'" + pattern, (all, one) -> all + " | \\\n\t" + one);
  }

  private static String kind(Grammar.Argument argument) {
    return argument
        .completer()
        .map(
            completer ->
                switch (completer) {
                  case WORDS -> "words:" + String.join(" ", argument.candidates());
                  case HN -> "hn";
                  case VF -> "vf";
                  case HN_OR_FILE -> "hn_or_file";
                  case FILE -> "file";
                  case DIRECTORY -> "directory";
                })
        .orElse("any");
  }
}

package org.hnvf.control;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hnvf.model.Durations;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.UserException;

/** Parses the line of a client: the words of a command line, without the name of the program. */
public final class RequestLine {

  private static final String EVENT = "event ";
  private static final Splitter WORDS = Splitter.on(' ').omitEmptyStrings();
  private static final int SHOWN = 64;

  private final String verb;
  private final List<String> operands = new ArrayList<>();
  private boolean json;
  private boolean verbose;
  private boolean colour;
  private Optional<String> time = Optional.empty();
  private Optional<String> planned = Optional.empty();

  private RequestLine(List<String> words) throws UserException {
    this.verb = words.isEmpty() ? "" : words.get(0);
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      boolean takesValue = word.equals("--for") || word.equals("--verb");
      if (takesValue && i + 1 == words.size()) {
        throw UserException.usage(word + " needs a value");
      }
      switch (word) {
        case "--json" -> json = true;
        case "--verbose" -> verbose = true;
        case "--color" -> colour = true;
        case "--for" -> time = Optional.of(words.get(++i));
        case "--verb" -> planned = Optional.of(words.get(++i));
        default -> operands.add(operand(word));
      }
    }
  }

  private static String operand(String word) throws UserException {
    if (word.startsWith("-")) {
      throw UserException.usage("the daemon does not know the option " + shown(word));
    }
    return word;
  }

  /**
   * Parses one line without a line end.
   *
   * @throws UserException (usage) if it is not a request; (bad data) if a name in it is not valid
   */
  public static Request parse(String line) throws UserException {
    if (line.startsWith(EVENT)) {
      return new Request.Event(line.substring(EVENT.length()));
    }
    return new RequestLine(WORDS.splitToList(line)).request();
  }

  private Request request() throws UserException {
    if (time.isPresent() && !verb.equals("failover")) {
      throw UserException.usage("--for can be used with failover only");
    }
    if (planned.isPresent() && !verb.equals("plan")) {
      throw UserException.usage("--verb can be used with plan only");
    }
    if (verbose && !verb.equals("status")) {
      throw UserException.usage("--verbose can be used with status only");
    }
    if (colour && !verb.equals("status")) {
      throw UserException.usage("--color can be used with status only");
    }
    return switch (verb) {
      case "status" -> new Request.Status(optionalName(), json, verbose, colour);
      case "plan" -> new Request.Plan(name(), plannedVerb(), json);
      case "failover" -> new Request.Failover(name(), duration(), json);
      case "failback" -> new Request.Failback(name(), json);
      case "release" -> new Request.Release(name(), json);
      case "vf-up" -> new Request.VfUp(name(), json);
      case "vf-down" -> new Request.VfDown(name(), json);
      case "attach" -> new Request.Attach(name(), json);
      case "reload" -> bare(new Request.Reload());
      case "ping" -> bare(new Request.Ping());
      default -> throw UserException.usage("the daemon does not know the verb " + shown(verb));
    };
  }

  private Request bare(Request request) throws UserException {
    if (!operands.isEmpty() || json) {
      throw UserException.usage(verb + " takes no argument");
    }
    return request;
  }

  private InterfaceName name() throws UserException {
    return optionalName()
        .orElseThrow(() -> UserException.usage(verb + " needs the name of an interface"));
  }

  private Optional<InterfaceName> optionalName() throws UserException {
    if (operands.size() > 1) {
      throw UserException.usage(verb + " takes one name, not " + operands.size());
    }
    return operands.isEmpty()
        ? Optional.empty()
        : Optional.of(InterfaceName.parse(operands.get(0)));
  }

  private Optional<Duration> duration() throws UserException {
    return time.isPresent()
        ? Optional.of(Durations.ofOption("--for", shorten(time.get())))
        : Optional.empty();
  }

  private PlannedVerb plannedVerb() throws UserException {
    String word = planned.orElse(PlannedVerb.VF_UP.toString());
    ImmutableList<PlannedVerb> known = ImmutableList.copyOf(PlannedVerb.values());
    return known.stream()
        .filter(verbOfPlan -> verbOfPlan.toString().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                UserException.usage(
                    "--verb must be one of "
                        + Arrays.toString(PlannedVerb.values())
                        + ", not "
                        + shown(word)));
  }

  /** Returns the printable form of a client's text for a message or a log, of limited length. */
  private static String shown(String word) {
    StringBuilder text = new StringBuilder("\"");
    shorten(word)
        .codePoints()
        .forEach(c -> text.appendCodePoint(Character.isISOControl(c) ? '?' : c));
    return text.append('"').toString();
  }

  private static String shorten(String word) {
    return word.length() > SHOWN ? word.substring(0, SHOWN) + "…" : word;
  }
}

package org.hnvf.pairconfig;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The loaded rules of pf(4) as they apply to packets of one of two interfaces, of which only one
 * carries traffic at a time: hn and its lagg. A rule that cannot match there is left out, and the
 * interface's own name is replaced by {@code *}. Rules that name neither interface are in both
 * views, in their places. Two equal views pass the same packets.
 */
final class PfView {

  private static final String SELF = "*";
  private static final Pattern TOKEN = Pattern.compile("\"[^\"]*\"|[()]|[^\\s()]+");
  private static final ImmutableSet<String> BINDS = ImmutableSet.of("on", "received-on");

  /** Keywords before a name of the administrator's own that is no interface. */
  private static final ImmutableSet<String> NAMES =
      ImmutableSet.of("tag", "tagged", "queue", "label", "ridentifier", "user", "group");

  private final String self;
  private final String other;
  private final ImmutableSet<String> selfGroups;
  private final ImmutableSet<String> otherGroups;
  private final ImmutableSet<String> elsewhere;

  /**
   * Creates a view.
   *
   * @param self the interface of the packets
   * @param other the interface that has no packets and no address
   * @param selfGroups the groups of {@code self} alone
   * @param otherGroups the groups of {@code other} alone
   * @param elsewhere further interfaces
   */
  PfView(
      String self,
      String other,
      ImmutableSet<String> selfGroups,
      ImmutableSet<String> otherGroups,
      ImmutableSet<String> elsewhere) {
    this.self = self;
    this.other = other;
    this.selfGroups = selfGroups;
    this.otherGroups = otherGroups;
    this.elsewhere = elsewhere;
  }

  /** Returns whether a rule names this interface, other than in a label or a tag. */
  static boolean names(String rule, String name) {
    List<String> tokens = tokens(rule);
    for (int i = 0; i < tokens.size(); i++) {
      if (isInterfacePlace(tokens, i) && isOf(tokens.get(i), name)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the rules of this view, without labels. */
  ImmutableList<String> of(List<String> lines) {
    ImmutableList.Builder<String> view = ImmutableList.builder();
    int depth = 0;
    int leftOutAt = Integer.MAX_VALUE;
    for (String line : lines) {
      boolean closes = line.strip().equals("}");
      depth -= closes ? 1 : 0;
      if (closes && depth == leftOutAt) {
        leftOutAt = Integer.MAX_VALUE;
      } else if (depth < leftOutAt) {
        List<String> seen = new ArrayList<>();
        if (matches(tokens(line), seen)) {
          view.add(String.join(" ", seen));
        } else if (opens(line)) {
          leftOutAt = depth;
        }
      }
      depth += opens(line) ? 1 : 0;
    }
    return view.build();
  }

  private static boolean opens(String line) {
    return line.strip().endsWith("{");
  }

  /** Returns whether the rule can match, and adds the remaining words to {@code seen}. */
  private boolean matches(List<String> tokens, List<String> seen) {
    boolean bound = false;
    for (int i = 0; i < tokens.size(); i++) {
      String token = tokens.get(i);
      if (token.equals("label")) {
        i++;
      } else if (BINDS.contains(token) && i + 1 < tokens.size()) {
        boolean not = tokens.get(i + 1).equals("!") && i + 2 < tokens.size();
        i += not ? 2 : 1;
        String name = tokens.get(i);
        if (isHere(name) == not && (isHere(name) || isThere(name))) {
          return false;
        }
        if (isHere(name) || !isThere(name)) {
          seen.add(token + (not ? " ! " : " ") + (isHere(name) ? SELF : name));
        }
        bound |= !not && elsewhere.contains(name);
      } else if (isOf(token, other) && isAddressOfOther(tokens, i)) {
        return false;
      } else {
        seen.add(isInterfacePlace(tokens, i) && isOf(token, self) ? renamed(token) : token);
      }
    }
    boolean concerns = tokens.stream().anyMatch(token -> isOf(token, self) || isOf(token, other));
    return !bound || concerns || tokens.contains("{");
  }

  private boolean isHere(String name) {
    return name.equals(self) || selfGroups.contains(name);
  }

  private boolean isThere(String name) {
    return name.equals(other) || otherGroups.contains(name);
  }

  /**
   * Returns whether the words are {@code from (lagg0)} or {@code to (lagg0:network)}: the other
   * interface has no address, so no packet matches.
   */
  private static boolean isAddressOfOther(List<String> tokens, int at) {
    return at >= 2
        && tokens.get(at - 1).equals("(")
        && (tokens.get(at - 2).equals("from") || tokens.get(at - 2).equals("to"));
  }

  private static boolean isInterfacePlace(List<String> tokens, int at) {
    return !tokens.get(at).startsWith("\"") && (at == 0 || !NAMES.contains(tokens.get(at - 1)));
  }

  private String renamed(String token) {
    return SELF + token.substring(self.length());
  }

  /**
   * Returns whether the word is {@code hn0}, {@code hn0:network} or {@code hn0:0}; {@code hn0.100}
   * is another interface.
   */
  private static boolean isOf(String token, String name) {
    return token.equals(name) || token.startsWith(name + ":");
  }

  private static List<String> tokens(String line) {
    List<String> tokens = new ArrayList<>();
    for (Matcher found = TOKEN.matcher(line); found.find(); ) {
      tokens.add(found.group());
    }
    return tokens;
  }
}

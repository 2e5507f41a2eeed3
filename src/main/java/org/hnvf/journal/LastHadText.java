package org.hnvf.journal;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.Ints;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hnvf.model.Configuration;
import org.hnvf.model.LastHad;
import org.hnvf.model.Vlan;

/**
 * The text of {@link LastHad}, which is for a person to read, too:
 *
 * <pre>{@code
 * hnvf last 1
 * begun 2026-11-22T13:00:00Z
 * boot 2026-11-22T12:00:00Z
 * default yes
 * default6 no
 * leased 10.0.2.15/24
 * vlan vlan7 7 3 1400
 * }</pre>
 */
final class LastHadText {

  private static final String HEADING = "hnvf last 1";
  private static final ImmutableSet<String> KEYS =
      ImmutableSet.of("begun", "boot", "default", "default6", "leased", "fib");

  private static final String VLAN = "vlan";

  private LastHadText() {}

  /** Returns the data that this workflow found. */
  static LastHad of(JournalEntry entry) {
    Configuration before = entry.before();
    return new LastHad(
        entry.begun(),
        entry.boot(),
        before.defaultRoute().isPresent(),
        before.defaultRoute6().isPresent(),
        before.leased(),
        before.vlans(),
        before.routingFib());
  }

  /** Returns its text. */
  static String format(LastHad had) {
    StringBuilder text = new StringBuilder(HEADING).append('\n');
    text.append("begun ").append(had.begun()).append('\n');
    had.boot().ifPresent(time -> text.append("boot ").append(time).append('\n'));
    text.append("default ").append(had.defaultRoute() ? "yes" : "no").append('\n');
    text.append("default6 ").append(had.defaultRoute6() ? "yes" : "no").append('\n');
    had.leased().ifPresent(prefix -> text.append("leased ").append(prefix).append('\n'));
    had.vlans()
        .forEach(vlan -> text.append(VLAN).append(' ').append(VlanWords.of(vlan)).append('\n'));
    if (had.fib() != 0) {
      text.append("fib ").append(had.fib()).append('\n');
    }
    return text.toString();
  }

  /** Parses the text; empty if a part of it is not in the form of {@link #format}. */
  static Optional<LastHad> parse(String text) {
    if (!text.startsWith(HEADING + "\n") || !text.endsWith("\n")) {
      return Optional.empty();
    }
    Map<String, String> facts = new HashMap<>();
    ImmutableList.Builder<Vlan> vlans = ImmutableList.builder();
    for (String line :
        Splitter.on('\n').split(text.substring(HEADING.length() + 1, text.length() - 1))) {
      int blank = line.indexOf(' ');
      String key = blank < 0 ? "" : line.substring(0, blank);
      if (key.equals(VLAN)) {
        VlanWords.vlan(line.substring(blank + 1)).ifPresent(vlans::add);
      } else if (!KEYS.contains(key) || facts.putIfAbsent(key, line.substring(blank + 1)) != null) {
        return Optional.empty();
      }
    }
    Optional<LastHad> read =
        fact(facts, "begun")
            .flatMap(TimeText::parse)
            .map(
                begun ->
                    new LastHad(
                        begun,
                        fact(facts, "boot").flatMap(TimeText::parse),
                        fact(facts, "default").filter("yes"::equals).isPresent(),
                        fact(facts, "default6").filter("yes"::equals).isPresent(),
                        fact(facts, "leased")
                            .flatMap(JournalText::prefix)
                            .filter(prefix -> !prefix.isIpv6()),
                        vlans.build(),
                        fact(facts, "fib")
                            .flatMap(f -> Optional.ofNullable(Ints.tryParse(f)))
                            .orElse(0)));
    // A dropped or misread part would be written differently.
    return read.filter(had -> format(had).equals(text));
  }

  private static Optional<String> fact(Map<String, String> facts, String key) {
    return Optional.ofNullable(facts.get(key));
  }
}

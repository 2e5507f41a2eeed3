package org.hnvf.freebsd;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.stream.Stream;
import org.hnvf.model.Command;
import org.hnvf.model.InterfaceName;

/** The argument vectors of ndp(8), and its lines. */
public final class Ndp {

  private static final Splitter COLUMNS = Splitter.on(' ').omitEmptyStrings();

  private Ndp() {}

  /** Shows the entry of an address; exit status 1 if there is none. */
  public static Command look(String address) {
    return Command.reading(TimeLimits.READ, "ndp", "-n", address);
  }

  /** Shows the entries of all interfaces. */
  public static Command table() {
    return Command.reading(TimeLimits.READ, "ndp", "-an");
  }

  /**
   * Returns the addresses of the neighbours of this interface, in the output of {@link #table},
   * that the kernel learnt: {@code 2001:db8::77 56:d5:ef:84:10:fc hn0 24s R}.
   */
  public static ImmutableList<String> learnt(String text, InterfaceName name) {
    return lines(text)
        .filter(line -> line.get(2).equals(name.value()) && isLearnt(line))
        .map(line -> line.get(0))
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * Returns whether the output of {@link #look} contains the link-layer address of this neighbour,
   * which the kernel learnt from its answer. A neighbour that did not answer is shown as {@code
   * (incomplete)}.
   */
  public static boolean isResolved(String text, String address) {
    return lines(text).anyMatch(line -> line.get(0).equals(address) && isLearnt(line));
  }

  /** Returns whether the output of {@link #look} contains an entry that was set by hand. */
  public static boolean isPermanent(String text, String address) {
    return lines(text)
        .anyMatch(line -> line.get(0).equals(address) && line.get(3).equals("permanent"));
  }

  private static Stream<List<String>> lines(String text) {
    return text.lines().map(COLUMNS::splitToList).filter(line -> line.size() >= 4);
  }

  private static boolean isLearnt(List<String> line) {
    return !line.get(1).equals("(incomplete)") && !line.get(3).equals("permanent");
  }

  /** Deletes the entry of an address: exit status 1 if there is none. */
  public static Command delete(String address) {
    return Command.changing(TimeLimits.CHANGE, "ndp", "-d", address);
  }
}

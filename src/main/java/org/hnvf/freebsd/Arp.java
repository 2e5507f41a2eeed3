package org.hnvf.freebsd;

import com.google.common.collect.ImmutableList;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hnvf.model.Command;
import org.hnvf.model.InterfaceName;

/** The argument vectors of arp(8), and its lines. */
public final class Arp {

  /** Neither an incomplete nor a permanent entry has an expiry time. */
  private static final Pattern LEARNT =
      Pattern.compile(
          "\\S+ \\(([0-9.]{7,15})\\) at [0-9a-f:]{17} on (\\S+) expires in (\\d{1,9}) seconds .*");

  private static final String PERMANENT = " permanent ";

  private Arp() {}

  /** Shows the entry of an address; exit status 1 if there is none. */
  public static Command look(String address) {
    return Command.reading(TimeLimits.READ, "arp", "-n", address);
  }

  /** Shows all entries of an interface. */
  public static Command table(InterfaceName name) {
    return Command.reading(TimeLimits.READ, "arp", "-an", "-i", name.value());
  }

  /** An entry that the kernel learnt, and the seconds until it expires. */
  private record Learnt(String address, int seconds) {}

  /**
   * Returns the addresses of the neighbours in the output of {@link #table} that the kernel learnt:
   * {@code ? (10.0.2.2) at 52:55:0a:00:02:02 on hn0 expires in 1200 seconds [ethernet]}. The one
   * that answered last is first.
   */
  public static ImmutableList<String> learnt(String text, InterfaceName name) {
    return text.lines()
        .map(LEARNT::matcher)
        .filter(line -> line.matches() && line.group(2).equals(name.value()))
        .map(Arp::learnt)
        .sorted(Comparator.comparingInt(Learnt::seconds).reversed())
        .map(Learnt::address)
        .collect(ImmutableList.toImmutableList());
  }

  private static Learnt learnt(Matcher line) {
    return new Learnt(line.group(1), Integer.parseInt(line.group(3)));
  }

  /**
   * Returns whether the output of {@link #look} contains the link-layer address of this neighbour,
   * which the kernel learnt from its answer: {@code ? (10.0.2.2) at 52:55:0a:00:02:02 on hn0
   * expires in 1200 seconds [ethernet]}. A neighbour that did not answer is shown as {@code
   * (incomplete)}.
   */
  public static boolean isResolved(String text, String address) {
    return lines(text, address)
        .anyMatch(l -> !l.contains(") at (incomplete)") && !l.contains(PERMANENT));
  }

  /** Returns whether the output of {@link #look} contains an entry that was set by hand. */
  public static boolean isPermanent(String text, String address) {
    return lines(text, address).anyMatch(l -> l.contains(PERMANENT));
  }

  private static Stream<String> lines(String text, String address) {
    return text.lines().filter(l -> l.contains("(" + address + ") at "));
  }

  /** Deletes the entry of an address: exit status 1 if there is none. */
  public static Command delete(String address) {
    return Command.changing(TimeLimits.CHANGE, "arp", "-d", address);
  }
}

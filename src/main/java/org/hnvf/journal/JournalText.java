package org.hnvf.journal;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hnvf.model.Configuration;
import org.hnvf.model.Configuration.InetAddressAt;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Prefix;
import org.hnvf.model.Route;

/**
 * The text of a journal, readable by a person: a fact a line, then the plan, then the progress with
 * its times.
 *
 * <pre>{@code
 * hnvf journal 1
 * unit 0
 * cause VF_UP
 * begun 2026-11-22T13:00:00Z
 * intent USE_LAGG
 * hn hn0
 * inet 10.0.2.15/24
 * default 10.0.2.2 UGS hn0
 * plan
 *   1 stop dhclient on hn0
 *       kill -TERM 1234
 * run
 *   13:00:00.120 step 1 begins
 * ended 2026-11-22T13:00:01.310Z
 * outcome done
 * }</pre>
 *
 * Lines that begin with a blank are for the reader alone. A last line without an end is one that
 * was being written when the power failed or the disk was full: it does not count.
 */
final class JournalText {

  static final String HEADING = "hnvf journal 1";
  private static final String INDENT = "  ";
  private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");
  private static final Pattern END_LINES =
      Pattern.compile("^(outcome|ended) .*\n", Pattern.MULTILINE);

  private JournalText() {}

  static String format(JournalEntry entry) {
    StringBuilder text = new StringBuilder(HEADING).append('\n');
    line(text, "unit", entry.unit());
    line(text, "cause", entry.cause());
    entry.boot().ifPresent(boot -> line(text, "boot", boot));
    line(text, "begun", entry.begun());
    line(text, "attempt", entry.attempt());
    line(text, "intent", entry.intent());
    line(text, "hn", entry.pair().hn());
    entry.pair().vf().ifPresent(vf -> line(text, "vf", vf));
    entry.lagg().ifPresent(lagg -> line(text, "lagg", lagg));
    line(text, "lagg-stood", yesNo(entry.laggStood()));
    configuration(text, entry.before());
    text.append("plan\n");
    entry.steps().forEach(step -> text.append(INDENT).append(printable(step)).append('\n'));
    text.append("run\n");
    entry.outcome().ifPresent(outcome -> line(text, "outcome", outcome));
    return text.toString();
  }

  /** Returns a line about the progress, to be appended to the text. */
  static String remark(String remark) {
    return INDENT + printable(remark) + "\n";
  }

  /** Returns the text with this end and outcome in place of the former ones. */
  static String ended(String text, Instant end, String outcome) {
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    StringBuilder ended = new StringBuilder(END_LINES.matcher(whole).replaceAll(""));
    line(ended, "ended", end);
    line(ended, "outcome", outcome);
    return ended.toString();
  }

  private static void configuration(StringBuilder text, Configuration conf) {
    conf.inet()
        .forEach(a -> line(text, "inet", a.prefix() + a.broadcast().map(b -> " " + b).orElse("")));
    conf.leased().ifPresent(leased -> line(text, "leased", leased));
    conf.expiredLease().ifPresent(over -> line(text, "lease-over", over));
    conf.inet6().forEach(prefix -> line(text, "inet6", prefix));
    conf.defaultRoute().ifPresent(route -> route(text, "default", route));
    conf.routes().forEach(route -> route(text, "route", route));
    conf.routes6().forEach(route -> route(text, "route6", route));
    line(text, "dhcp", yesNo(conf.dhcp()));
    line(text, "ipv6", yesNo(conf.ipv6()));
    line(text, "accept-rtadv", yesNo(conf.acceptRtadv()));
    line(text, "duplicate-detection", yesNo(conf.duplicateDetection()));
    conf.description().ifPresent(words -> line(text, "description", words));
    conf.carps().forEach(group -> line(text, "carp", CarpWords.of(group)));
    conf.bridges().forEach(how -> line(text, "bridge", BridgeWords.of(how)));
    conf.groups().forEach(group -> line(text, "group", group));
    conf.fib().ifPresent(fib -> line(text, "fib", fib));
    conf.vlans().forEach(vlan -> line(text, "vlan", VlanWords.of(vlan)));
  }

  /** Writes a route; one that would be invalid when read is written as a comment. */
  private static void route(StringBuilder text, String key, Route route) {
    String words =
        route.destination()
            + " "
            + route.gateway()
            + " "
            + route.flags()
            + " "
            + route.netif()
            + (route.fib() == 0 ? "" : " fib " + route.fib());
    if (RouteWords.route(key.equals("route6"), words).isPresent()) {
      line(text, key, words);
    } else {
      text.append(INDENT).append("not kept: ").append(printable(words)).append('\n');
    }
  }

  private static void line(StringBuilder text, String key, Object value) {
    text.append(key).append(' ').append(printable(value.toString())).append('\n');
  }

  private static String yesNo(boolean value) {
    return value ? "yes" : "no";
  }

  private static String printable(String text) {
    return CONTROLS.matcher(text).replaceAll(" ");
  }

  /**
   * A journal that was read.
   *
   * @param entry its entry
   * @param ended when the workflow ended; empty while it runs
   */
  record Parsed(JournalEntry entry, Optional<Instant> ended) {}

  /**
   * Parses a journal.
   *
   * @throws UnreadableJournalException if a part of it is not in the form that this class writes
   */
  static JournalEntry parse(String text) throws UnreadableJournalException {
    return parsed(text).entry();
  }

  /**
   * Parses a journal, with the time of its end.
   *
   * @throws UnreadableJournalException if a part of it is not in the form that this class writes
   */
  static Parsed parsed(String text) throws UnreadableJournalException {
    int end = text.lastIndexOf('\n') + 1;
    List<String> lines = Splitter.on('\n').splitToList(text.substring(0, end));
    if (!lines.get(0).equals(HEADING)) {
      throw new UnreadableJournalException(1, "does not begin with \"" + HEADING + "\"");
    }
    JournalFacts facts = new JournalFacts();
    ImmutableList.Builder<String> steps = ImmutableList.builder();
    boolean plan = false;
    for (int i = 1; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith(INDENT)) {
        if (plan) {
          steps.add(line.substring(INDENT.length()));
        }
      } else if (!line.isEmpty()) {
        plan = line.equals("plan");
        if (!plan && !line.equals("run")) {
          facts.take(i + 1, line);
        }
      }
    }
    return new Parsed(facts.entry(steps.build()), facts.ended());
  }

  static Optional<InetAddressAt> inet(String value) {
    List<String> words = Splitter.on(' ').splitToList(value);
    Optional<Prefix> prefix = prefix(words.get(0)).filter(p -> !p.isIpv6());
    if (words.size() == 1) {
      return prefix.map(p -> new InetAddressAt(p, Optional.empty()));
    }
    Optional<Prefix> broadcast = prefix(words.get(1)).filter(p -> !p.isIpv6() && p.isHost());
    return words.size() == 2 && broadcast.isPresent()
        ? prefix.map(p -> new InetAddressAt(p, broadcast.map(Prefix::host)))
        : Optional.empty();
  }

  static Optional<Prefix> prefix(String value) {
    try {
      return Optional.of(Prefix.of(value));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static Optional<InterfaceName> name(String value) {
    return InterfaceName.of(value);
  }
}

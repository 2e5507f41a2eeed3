package org.hnvf.journal;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hnvf.model.Configuration;
import org.hnvf.model.Prefix;

/**
 * What a pair had when the last workflow on it began, as far as a later look has to know it when
 * that workflow has long ended: whether a default route was its own, and its address by DHCP.
 *
 * <p>Its text is for a person to read, too:
 *
 * <pre>{@code
 * hnvf last 1
 * begun 2026-11-22T13:00:00Z
 * boot 2026-11-22T12:00:00Z
 * default yes
 * default6 no
 * leased 10.0.2.15/24
 * }</pre>
 *
 * @param begun when the workflow began
 * @param boot {@code kern.boottime} then, where it was known
 * @param defaultRoute whether the pair had the guest's IPv4 default route
 * @param defaultRoute6 whether it had that of IPv6
 * @param leased the address that a DHCP server had given to it
 */
public record LastHad(
    Instant begun,
    Optional<Instant> boot,
    boolean defaultRoute,
    boolean defaultRoute6,
    Optional<Prefix> leased) {

  private static final String HEADING = "hnvf last 1";
  private static final ImmutableSet<String> KEYS =
      ImmutableSet.of("begun", "boot", "default", "default6", "leased");

  /** What this workflow found. */
  static LastHad of(JournalEntry entry) {
    Configuration before = entry.before();
    return new LastHad(
        entry.begun(),
        entry.boot(),
        before.defaultRoute().isPresent(),
        before.defaultRoute6().isPresent(),
        before.leased());
  }

  /** Whether the pair had the default route of this family. */
  public boolean hadDefaultRoute(boolean ipv6) {
    return ipv6 ? defaultRoute6 : defaultRoute;
  }

  /** The leased address, where the guest was not booted since: a boot leases anew. */
  public Optional<Prefix> leasedIn(Optional<Instant> currentBoot) {
    return boot.equals(currentBoot) ? leased : Optional.empty();
  }

  String text() {
    StringBuilder text = new StringBuilder(HEADING).append('\n');
    text.append("begun ").append(begun).append('\n');
    boot.ifPresent(time -> text.append("boot ").append(time).append('\n'));
    text.append("default ").append(defaultRoute ? "yes" : "no").append('\n');
    text.append("default6 ").append(defaultRoute6 ? "yes" : "no").append('\n');
    leased.ifPresent(prefix -> text.append("leased ").append(prefix).append('\n'));
    return text.toString();
  }

  /** Reads such a text; empty where anything of it is not as {@link #text} writes it. */
  static Optional<LastHad> parse(String text) {
    if (!text.startsWith(HEADING + "\n") || !text.endsWith("\n")) {
      return Optional.empty();
    }
    Map<String, String> facts = new HashMap<>();
    for (String line :
        Splitter.on('\n').split(text.substring(HEADING.length() + 1, text.length() - 1))) {
      int blank = line.indexOf(' ');
      String key = blank < 0 ? "" : line.substring(0, blank);
      if (!KEYS.contains(key) || facts.putIfAbsent(key, line.substring(blank + 1)) != null) {
        return Optional.empty();
      }
    }
    Optional<LastHad> read =
        fact(facts, "begun")
            .flatMap(WishText::instant)
            .map(
                begun ->
                    new LastHad(
                        begun,
                        fact(facts, "boot").flatMap(WishText::instant),
                        fact(facts, "default").filter("yes"::equals).isPresent(),
                        fact(facts, "default6").filter("yes"::equals).isPresent(),
                        fact(facts, "leased")
                            .flatMap(JournalText::prefix)
                            .filter(prefix -> !prefix.isIpv6())));
    // Whatever was dropped or read otherwise would be written otherwise.
    return read.filter(had -> had.text().equals(text));
  }

  private static Optional<String> fact(Map<String, String> facts, String key) {
    return Optional.ofNullable(facts.get(key));
  }
}

package org.hnvf.lab.replay;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.lab.StockScripts.Edition;
import org.hnvf.lab.replay.Transcript.Recorded;

/**
 * The surroundings of a recording, which no command of it changes.
 *
 * @param netlink whether ifconfig is that of FreeBSD 14 and later
 * @param router the link-local address of an advertising router
 * @param stockRules whether devd has the base system's rules for hn(4), and their scripts
 * @param edition which of them
 */
record Surroundings(boolean netlink, Optional<String> router, boolean stockRules, Edition edition) {
  private static final Pattern ROUTER =
      Pattern.compile(
          "(?m)^default +(fe80::[0-9a-f:]+)%|(?m)^(fe80::[0-9a-f:]+)%\\S+ if=\\S+ flags=");

  static Surroundings of(Transcript transcript) {
    boolean netlink = false;
    boolean ioctl = false;
    Optional<String> router = Optional.empty();
    for (Recorded entry : transcript.entries()) {
      netlink |= entry.stdout().contains("LOWER_UP");
      ioctl |= entry.stdout().contains("flags=8843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST> ");
      Matcher found = ROUTER.matcher(entry.stdout());
      if (router.isEmpty() && found.find()) {
        router = Optional.ofNullable(found.group(1) == null ? found.group(2) : found.group(1));
      }
    }
    String header = transcript.commentary().toLowerCase(Locale.ROOT);
    ioctl |= header.contains("ioctl");
    Edition edition = header.contains("newest") ? Edition.MENDED : Edition.UNTIL_DELETING_FAILS;
    return new Surroundings(netlink || !ioctl, router, hasStockRules(header), edition);
  }

  private static boolean hasStockRules(String header) {
    boolean taken = header.contains("hyperv.conf replaced") || header.contains("no hyperv rule");
    boolean byHand = header.contains("run by hand");
    return header.contains("stock") && !taken && !byHand;
  }
}

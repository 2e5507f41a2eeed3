package org.hnvf.freebsd;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import org.hnvf.model.Command;
import org.hnvf.model.OtherUse;

/** jls(8): the running jails, one per line, as {@code name=www ip4.addr=10.0.2.60,10.0.2.61}. */
public final class Jls {

  private static final Splitter WORDS = Splitter.on(' ').omitEmptyStrings();
  private static final Splitter ADDRESSES = Splitter.on(',').omitEmptyStrings().trimResults();
  private static final String NAME = "name=";

  private Jls() {}

  /** Shows the name and the addresses of each jail. */
  public static Command addresses() {
    return Command.reading(TimeLimits.QUESTION, "jls", "-n", "name", "ip4.addr", "ip6.addr");
  }

  /** Parses the output of {@link #addresses}. A line that does not describe a jail is skipped. */
  public static ImmutableList<OtherUse.Jail> jails(String text) {
    return text.lines()
        .filter(line -> line.startsWith(NAME))
        .map(Jls::jail)
        .collect(ImmutableList.toImmutableList());
  }

  private static OtherUse.Jail jail(String line) {
    String name = "";
    ImmutableList.Builder<String> addresses = ImmutableList.builder();
    for (String word : WORDS.split(line)) {
      if (word.startsWith(NAME)) {
        name = word.substring(NAME.length());
      } else if (word.startsWith("ip4.addr=") || word.startsWith("ip6.addr=")) {
        ADDRESSES.split(word.substring("ip4.addr=".length())).forEach(addresses::add);
      }
    }
    return new OtherUse.Jail(name, addresses.build());
  }
}

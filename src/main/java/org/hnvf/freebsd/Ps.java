package org.hnvf.freebsd;

import com.google.common.collect.ImmutableSet;
import org.hnvf.model.Command;
import org.hnvf.model.LineFilter;

/** The argument vectors of ps(1). */
public final class Ps {

  private static final LineFilter WANTED =
      new LineFilter(
          "DHCP clients and integration daemons",
          true,
          ImmutableSet.of(),
          ImmutableSet.of(PsParser.DHCLIENT_TITLE),
          ImmutableSet.<String>builder()
              .addAll(PsParser.INTEGRATION_DAEMONS)
              .addAll(PsParser.FOREIGN_CLIENTS)
              .build());

  private Ps() {}

  /**
   * Shows process id, real user id, jail id and full command, without a heading, of the processes
   * that {@link PsParser} may recognise as a DHCP client or a daemon of the Hyper-V integration
   * services. The first process is also shown, so that the output is never empty.
   */
  public static Command all() {
    return Command.reading(
            TimeLimits.PS,
            "ps",
            "-axww",
            "-o",
            "pid=",
            "-o",
            "ruid=",
            "-o",
            "jid=",
            "-o",
            "command=")
        .keeping(WANTED);
  }
}

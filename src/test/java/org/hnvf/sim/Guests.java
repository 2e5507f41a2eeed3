package org.hnvf.sim;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.time.Duration;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.HnUnit;

/** The common parts of the tests of the simulated guest. */
final class Guests {
  static final HnUnit HN0 = new HnUnit(0);
  static final InetAddress LEASED = InetAddresses.forString("10.0.2.15");
  static final InetAddress STATIC = InetAddresses.forString("10.0.2.50");

  private Guests() {}

  static CommandResult run(SimulatedGuest guest, String line) {
    return run(guest, Duration.ofMinutes(2), line);
  }

  static CommandResult run(SimulatedGuest guest, Duration limit, String line) {
    String[] words = line.split(" ", -1);
    String[] arguments = new String[words.length - 1];
    System.arraycopy(words, 1, arguments, 0, arguments.length);
    return guest.run(Command.changing(limit, words[0], arguments));
  }

  static String out(SimulatedGuest guest, String line) {
    return run(guest, line).stdout();
  }

  static void pass(SimulatedGuest guest, Duration duration) {
    try {
      guest.timer().sleep(duration);
    } catch (InterruptedException e) {
      throw new IllegalStateException("virtual time was interrupted", e);
    }
  }
}

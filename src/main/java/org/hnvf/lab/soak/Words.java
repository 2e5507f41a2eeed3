package org.hnvf.lab.soak;

import java.time.Duration;
import java.util.Locale;
import org.hnvf.sim.HostAction;

/** How things are told. */
final class Words {

  private Words() {}

  /** {@code 12.345 }, in seconds. */
  static String time(Duration since) {
    return String.format(Locale.ROOT, "%10.3f  ", since.toMillis() / 1000.0);
  }

  static String of(HostAction action) {
    String words = action.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return switch (action.kind()) {
      case PLUG -> "plugs a VF (" + action.text() + ") into hn" + action.unit();
      case UNPLUG -> "takes the VF of hn" + action.unit() + " away";
      case NOTIFY -> "devd hears " + action.text();
      case DHCP -> "DHCP server of hn" + action.unit() + " becomes " + action.dhcp();
      default -> words + " of hn" + action.unit() + (action.on() ? " on" : " off");
    };
  }
}

package org.hnvf.pairconfig;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;

/** The lines of ifconfig(8) that hnvf has no field for. */
final class FurtherLines {

  private FurtherLines() {}

  /**
   * Whether a line of this form names this interface.
   *
   * @param form its first group is the name
   */
  static boolean naming(NetInterface shown, Pattern form, InterfaceName name) {
    return shown.others().stream()
        .map(form::matcher)
        .filter(Matcher::matches)
        .anyMatch(matched -> matched.group(1).equals(name.value()));
  }
}

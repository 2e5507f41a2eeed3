package org.hnvf.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A link-level address as link_addr(3) reads it. */
final class LinkText {
  private LinkText() {}

  /** The address in the form of ether_ntoa(3), of as many bytes as it has. */
  static String parse(String text) throws IfconfigStop {
    if (text.equals("random")) {
      throw new IfconfigStop("the simulated guest makes no random link-level address");
    }
    List<String> bytes = new ArrayList<>();
    for (String part : text.split("[:.-]", -1)) {
      if (!part.matches("[0-9a-fA-F]{1,2}")) {
        throw new IfconfigStop("malformed link-level address");
      }
      bytes.add(String.format(Locale.ROOT, "%02x", Integer.parseInt(part, 16)));
    }
    return String.join(":", bytes);
  }
}

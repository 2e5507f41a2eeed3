package org.hnvf.event;

import com.google.common.collect.ImmutableMap;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.UserException;

/**
 * One line as devd(8) writes it to its sockets, or as the event script builds it: {@code
 * !system=ETHERNET subsystem=mlxen0 type=IFATTACH}.
 *
 * <p>devd passes on names unchecked, so an attacker may have chosen the content of a line. The
 * parser returns an event with validated names, or rejects the line.
 */
public final class DevdLine {

  /** The longest accepted line, in characters. */
  static final int LONGEST = 4096;

  private static final int SHOWN = 80;

  private DevdLine() {}

  /**
   * Reads one line, without a line end.
   *
   * @throws UserException (bad data) if the line is malformed: longer than 4096 characters, with
   *     characters that cannot be printed, not of the form of devd, with a key missing or doubled,
   *     or with a name that is not one of an interface
   */
  public static DevdEvent parse(String line) throws UserException {
    if (line.length() > LONGEST) {
      throw refused(
          line, "longer than " + LONGEST + " characters (" + line.length() + " characters)");
    }
    int unprintable = firstUnprintable(line);
    if (unprintable >= 0) {
      throw refused(line, "a character that cannot be printed at column " + (unprintable + 1));
    }
    if (line.isEmpty()) {
      throw refused(line, "empty");
    }
    return switch (line.charAt(0)) {
      case '!' -> notification(line);
      case '+', '-', '?' -> new DevdEvent.Other(line);
      default -> throw refused(line, "it does not begin with one of '!', '+', '-' and '?'");
    };
  }

  /**
   * Returns the rejection of a line for this reason. A question mark replaces each unprintable
   * character for the log.
   */
  static UserException refused(String line, String reason) {
    StringBuilder shown = new StringBuilder();
    line.codePoints().limit(SHOWN).forEach(c -> shown.appendCodePoint(isPrintable(c) ? c : '?'));
    String more = line.codePointCount(0, line.length()) > SHOWN ? "…" : "";
    return UserException.badData(
        "not an event line of devd, " + reason + ": \"" + shown + more + "\"");
  }

  private static DevdEvent notification(String line) throws UserException {
    ImmutableMap<String, String> fields = DevdFields.of(line, 1);
    String system = required(line, fields, "system");
    String subsystem = required(line, fields, "subsystem");
    String type = required(line, fields, "type");
    return switch (system + "/" + type) {
      case "ETHERNET/IFATTACH" -> new DevdEvent.IfAttach(InterfaceName.parse(subsystem));
      case "HYPERV_NIC_VF/VF_UP" -> new DevdEvent.VfUp(InterfaceName.parse(subsystem));
      case "HYPERV_NIC_VF/VF_DOWN" -> new DevdEvent.VfDown(InterfaceName.parse(subsystem));
      case "IFNET/DETACH" -> new DevdEvent.IfDetach(InterfaceName.parse(subsystem));
      case "IFNET/LINK_UP" -> new DevdEvent.LinkUp(InterfaceName.parse(subsystem));
      case "IFNET/LINK_DOWN" -> new DevdEvent.LinkDown(InterfaceName.parse(subsystem));
      case "IFNET/RENAME" ->
          new DevdEvent.Renamed(
              InterfaceName.parse(subsystem), InterfaceName.parse(required(line, fields, "name")));
      case "DEVFS/CREATE" ->
          subsystem.equals("CDEV")
              ? new DevdEvent.DeviceCreated(required(line, fields, "cdev"))
              : new DevdEvent.Other(line);
      case "DEVFS/DESTROY" ->
          subsystem.equals("CDEV")
              ? new DevdEvent.DeviceDestroyed(required(line, fields, "cdev"))
              : new DevdEvent.Other(line);
      default -> new DevdEvent.Other(line);
    };
  }

  private static String required(String line, ImmutableMap<String, String> fields, String key)
      throws UserException {
    String value = fields.get(key);
    if (value == null || value.isEmpty()) {
      throw refused(line, "key \"" + key + "\" is missing or empty");
    }
    return value;
  }

  private static int firstUnprintable(String line) {
    for (int at = 0; at < line.length(); at += Character.charCount(line.codePointAt(at))) {
      if (!isPrintable(line.codePointAt(at))) {
        return at;
      }
    }
    return -1;
  }

  /**
   * Returns false for line ends, control and direction characters and unpaired surrogates, which
   * must not occur in a line or a log.
   */
  private static boolean isPrintable(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}

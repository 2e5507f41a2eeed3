package org.hnvf.capture;

import com.google.common.base.Strings;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.freebsd.SysctlParser;

/**
 * Anonymises the outputs of commands line by line: what can identify a guest or its owner and does
 * not matter to hnvf is left out.
 */
final class GuestLines {

  private static final Pattern INTERFACE_LINE =
      Pattern.compile(
          "\\S+: flags=.*|\\s+(?:options=|capabilities=|ether |hwaddr |lladdr |inet |inet6 |nd6 |media: "
              + "|status: |groups: |laggproto |lagg options:|lagg statistics:|flags=|flowid_shift:"
              + "|active ports: |flapping: |laggport: |vlan: |vlanproto: |id |maxage |root id |member: "
              + "|ifmaxaddr |bridge flags|carp: |peer |drivername: |tunnel inet|fib: |tunnelfib: |vxlan vni"
              + "|numa-domain |txrlmt).*");

  private static final Pattern CONTINUED = Pattern.compile("\\s+[a-z_]+: [0-9a-fx]+");

  private static final Pattern BOOT_TIME =
      Pattern.compile(" \\{ sec = [0-9]+, usec = [0-9]+ \\}.{0,40}");
  private static final Pattern VALUE = Pattern.compile("-?[0-9.x]*[0-9a-f]*|<[A-Z0-9_,]*>");

  private static final Pattern JAIL_NAME = Pattern.compile("^name=(\\S+)");
  private static final Pattern NODE = Pattern.compile("(\\s*Name: )(\\S+)(\\s+)(.*)");
  private static final Pattern DESCRIPTION = Pattern.compile("(\\bdescription\\b).*");

  private final NameMap names;
  private final Vocabulary words;

  GuestLines(NameMap names, Vocabulary words) {
    this.names = names;
    this.words = words;
  }

  /** Returns the known lines of ifconfig(8), without descriptions. */
  String interfaces(String text) {
    return Lines.map(
        text,
        line ->
            INTERFACE_LINE.matcher(line).matches() || CONTINUED.matcher(line).matches()
                ? line
                : "");
  }

  /** Returns the lines of sysctl(8) with numbers, names of interfaces, and the time of the boot. */
  String sysctl(String text) {
    return Lines.map(
        text,
        line ->
            SysctlParser.value(line)
                    .filter(value -> isPlain(value.getKey(), value.getValue()))
                    .isPresent()
                ? line
                : "");
  }

  private boolean isPlain(String name, String value) {
    if (name.equals("kern.boottime")) {
      return BOOT_TIME.matcher(value).matches();
    }
    if (name.endsWith("_key") || name.contains("%desc") || name.contains("%pnp")) {
      return false;
    }
    for (String word : value.strip().split("[\\s:]+", -1)) {
      boolean driver = name.endsWith("%driver") || name.endsWith("%parent");
      boolean vf = name.matches("hw\\.hn\\.vf(list|map)|dev\\.hn\\.[0-9]+\\.(rx)?vf");
      if (!VALUE.matcher(word).matches()
          && !words.isInterface(word)
          && !(driver && word.matches("[a-z]{1,12}[0-9]*"))
          && !(vf && word.matches("[A-Za-z][A-Za-z0-9_.]{0,14}"))) {
        return false;
      }
    }
    return true;
  }

  /** Returns the lines of jls(8) with other names of jails. */
  String jails(String text) {
    return Lines.map(
        text,
        line -> {
          Matcher name = JAIL_NAME.matcher(line);
          if (!name.find()) {
            return "";
          }
          String addresses = line.substring(name.end()).replaceAll(" (?!ip[46]\\.addr=)\\S+", "");
          return "name=" + names.of("jail", name.group(1)) + addresses;
        });
  }

  /** Returns the nodes of ngctl(8); those of interfaces keep their names. */
  String netgraph(String text) {
    return Lines.map(
        text,
        line -> {
          Matcher node = NODE.matcher(line);
          if (!node.matches()) {
            return line.matches("There are [0-9]+ total nodes:") ? line : "";
          }
          String name = node.group(2);
          boolean own = words.isInterface(name.replace('_', '.')) || words.isInterface(name);
          return node.group(1)
              + (own || name.equals("<unnamed>") ? name : names.of("node", name))
              + node.group(3)
              + node.group(4);
        });
  }

  /** Returns the first line of {@code pfctl -si}, the only one that hnvf reads. */
  String pfStatus(String text) {
    return Lines.map(text, line -> line.startsWith("Status: ") ? line : "");
  }

  /** Returns the place of each line that names an hn, without the line. */
  String mentions(String text) {
    return Lines.map(text, line -> place(line.replaceFirst(" .*", "")));
  }

  private String place(String place) {
    int file = place.lastIndexOf('/') + 1;
    int colon = place.indexOf(':', file);
    String name = place.substring(file, colon < 0 ? place.length() : colon);
    return place.matches("/etc/[a-z.-]+(\\.conf)?(:[0-9]+)?") || words.isInterface(name)
        ? place
        : place.substring(0, file)
            + names.of("file", name)
            + (colon < 0 ? "" : place.substring(colon));
  }

  /** Returns a file that hnvf keeps, without descriptions. */
  String state(String text) {
    return Lines.map(
        text,
        line ->
            line.startsWith("description ")
                ? ""
                : DESCRIPTION.matcher(line).replaceAll("$1 " + Secrets.MASK));
  }

  /**
   * Returns the table of netstat(1) with its columns where they were before addresses were
   * replaced.
   */
  static String routes(String text) {
    int[] widths = {0, 0};
    return Lines.map(
        text,
        line -> {
          if (line.startsWith("Destination")) {
            widths[0] = line.indexOf("Gateway");
            widths[1] = line.indexOf("Flags") - widths[0];
          }
          String[] words = line.split("\\s+", 3);
          boolean row = widths[0] > 0 && widths[1] > 0 && words.length == 3;
          return row ? padded(words[0], widths[0]) + padded(words[1], widths[1]) + words[2] : line;
        });
  }

  /** Returns the hooks with numbers for their names, which the administrator chose. */
  static String hooks(String text) {
    int[] number = {0};
    return Lines.map(text, line -> line.replaceFirst("(?<=/hooks\\.d/)\\S+", "hook" + ++number[0]));
  }

  private static String padded(String word, int width) {
    return Strings.padEnd(word, width - 1, ' ') + " ";
  }
}

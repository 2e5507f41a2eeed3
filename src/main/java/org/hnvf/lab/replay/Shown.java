package org.hnvf.lab.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The state in the output of ifconfig(8) and netstat(1), by the parts of the guest that it shows.
 */
public final class Shown {
  private static final Pattern INTERFACE = Pattern.compile("([a-zA-Z][a-zA-Z0-9_.-]*): flags=.*");

  /** The rest, which is about no facet that can be told from the text. */
  static final Facet OTHER = Facet.of("");

  private final Map<Facet, String> texts = new LinkedHashMap<>();
  private final Map<String, List<String>> interfaces = new LinkedHashMap<>();

  /** Sorts the lines of a text. */
  public static Shown in(String text) {
    Shown shown = new Shown();
    String name = "";
    Facet table = OTHER;
    for (String line : text.lines().toList()) {
      Matcher matcher = INTERFACE.matcher(line);
      if (matcher.matches()) {
        name = matcher.group(1);
        table = OTHER;
        shown.interfaces.put(name, new ArrayList<>(List.of(line)));
        shown.add(new Facet(name, "link"), line);
      } else if (line.startsWith("\t") && !name.isEmpty()) {
        shown.interfaces.computeIfAbsent(name, n -> new ArrayList<>()).add(line);
        shown.add(new Facet(name, part(line)), line);
      } else {
        name = "";
        table = table(line, table);
        shown.add(table, line);
      }
    }
    return shown;
  }

  static String part(String line) {
    boolean inet6 = line.startsWith("\tinet6 ") || line.startsWith("\tnd6 ");
    return inet6 ? "inet6" : line.startsWith("\tinet ") ? "inet" : "link";
  }

  private static Facet table(String line, Facet before) {
    if (line.equals("Internet:") || line.equals("Internet6:")) {
      return Facet.routes(line.equals("Internet6:"));
    }
    boolean inTable = before.subject().equals(Facet.ROUTES);
    boolean row = line.startsWith("Destination ") || line.matches("\\S+ +\\S+ +U\\S* +\\S+.*");
    return inTable && row ? before : OTHER;
  }

  private void add(Facet facet, String line) {
    if (!line.isEmpty()) {
      texts.merge(facet, line + "\n", String::concat);
    }
  }

  /** The lines of each interface, as it was shown last. */
  public Map<String, List<String>> interfaces() {
    return interfaces;
  }

  /** The text of each part. */
  public Map<Facet, String> texts() {
    return texts;
  }
}

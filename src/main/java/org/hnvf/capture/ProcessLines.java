package org.hnvf.capture;

import com.google.common.collect.ImmutableList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.freebsd.PsParser;
import org.hnvf.freebsd.PsParser.RunningProcess;

/** The output of ps(1). The arguments of a program that hnvf does not know are left out. */
final class ProcessLines {

  private static final Pattern LINE =
      Pattern.compile("(\\s*[0-9]+\\s+[0-9]+\\s+[0-9]+\\s+)(\\S+)(.*)");
  private static final String TITLE = "dhclient:";

  private ProcessLines() {}

  /** Returns the lines with the arguments of known programs. */
  static String known(String text) {
    return Lines.map(text, ProcessLines::knownLine);
  }

  private static String knownLine(String line) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      return "";
    }
    return isKnown(line) ? line : parts.group(1) + parts.group(2);
  }

  private static boolean isKnown(String line) {
    ImmutableList<RunningProcess> process = PsParser.processes(line);
    return line.contains(TITLE)
        || !PsParser.foreignClients(process).isEmpty()
        || !PsParser.integrationDaemons(process).isEmpty();
  }

  /** Returns the lines with no arguments but options, and names of interfaces. */
  static String anonymised(String text, Vocabulary words) {
    return Lines.map(text, line -> anonymisedLine(line, words));
  }

  private static String anonymisedLine(String line, Vocabulary words) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches() || parts.group(2).equals(TITLE)) {
      return line;
    }
    StringBuilder kept = new StringBuilder(parts.group(1)).append(parts.group(2));
    for (String word : parts.group(3).strip().split("\\s+", -1)) {
      boolean plain = word.matches("-[A-Za-z0-9]{0,3}") || words.isInterface(word);
      kept.append(word.isEmpty() ? "" : " ").append(plain || word.isEmpty() ? word : Secrets.MASK);
    }
    return kept.toString();
  }
}

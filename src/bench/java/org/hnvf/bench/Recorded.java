package org.hnvf.bench;

import com.google.common.io.Resources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Output of a recorded FreeBSD. */
final class Recorded {

  private static final String STDOUT = "[stdout]\n";

  private Recorded() {}

  /** Everything that commands of this name printed in transcript 57, one after the other. */
  static String output(String command) throws IOException {
    String transcript =
        Resources.toString(
            Resources.getResource("org/hnvf/transcripts/57-whole-story-dhcp-slaac.txt"),
            StandardCharsets.UTF_8);
    StringBuilder output = new StringBuilder();
    for (String entry : transcript.split("\n\\$ ", -1)) {
      int begin = entry.indexOf(STDOUT);
      int end = entry.indexOf("\n[", begin + STDOUT.length());
      if (entry.startsWith(command) && begin >= 0 && end >= 0) {
        output.append(entry, begin + STDOUT.length(), end + 1);
      }
    }
    if (output.isEmpty()) {
      throw new IllegalStateException("nothing recorded of " + command);
    }
    return output.toString();
  }
}

package org.hnvf.sim;

import com.google.common.primitives.Ints;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A command line of netstat(1), as far as it is known here: {@code -rn} and what goes with it. */
final class NetstatRequest {

  private boolean routes;
  private boolean numeric;
  private boolean known = true;
  private @Nullable String fibWord;

  /** {@code inet}, {@code inet6}, what was given instead, or empty for both. */
  String family = "";

  /** {@code --libxo json}. */
  boolean json;

  NetstatRequest(List<String> args) {
    List<String> words = new ArrayList<>(args);
    while (known && !words.isEmpty()) {
      String word = words.remove(0);
      if (word.equals("--libxo")) {
        json = !words.isEmpty() && words.remove(0).equals("json");
        known = json;
      } else if (word.startsWith("-") && word.length() > 1) {
        options(word, words);
      } else {
        known = false;
      }
    }
  }

  private void options(String word, List<String> words) {
    for (int i = 1; i < word.length(); i++) {
      char letter = word.charAt(i);
      switch (letter) {
        case 'r' -> routes = true;
        case 'n' -> numeric = true;
        case '4' -> family = "inet";
        case '6' -> family = "inet6";
        case 'f', 'F' -> {
          String rest = word.substring(i + 1);
          String value = !rest.isEmpty() ? rest : words.isEmpty() ? "" : words.remove(0);
          if (letter == 'f') {
            family = value;
          } else {
            fibWord = value;
          }
          i = word.length();
        }
        default -> known = false;
      }
    }
  }

  boolean isKnown() {
    return known && routes && numeric;
  }

  /** The table that is asked for with {@code -F}; null where none is. */
  @Nullable String fibWord() {
    return fibWord;
  }

  /**
   * Returns the FIB's number; -1 if it is not valid. FIB 0 cannot be selected in this way
   * (transcript 67).
   */
  int fib(int fibs) {
    if (fibWord == null) {
      return 0;
    }
    Integer number = Ints.tryParse(fibWord);
    return number == null || number < 1 || number >= fibs ? -1 : number;
  }
}

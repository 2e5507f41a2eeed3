package org.hnvf.journal;

import com.google.common.base.Splitter;
import java.util.List;
import org.hnvf.model.HalfDoneScript;
import org.hnvf.model.InterfaceName;

/**
 * The text of an unfinished override script, readable by a person: the lagg that it created, or
 * {@code -}, and how it ended.
 */
final class HalfDoneText {

  private HalfDoneText() {}

  static String format(HalfDoneScript script) {
    String cause = script.cause().replaceAll("\\p{Cntrl}+", " ");
    return script.lagg().map(InterfaceName::value).orElse("-") + " " + cause + "\n";
  }

  /** Parses the text; an invalid text still shows that a script did not finish. */
  static HalfDoneScript parse(String text) {
    List<String> words = Splitter.on(' ').limit(2).splitToList(text.strip());
    return new HalfDoneScript(words.size() > 1 ? words.get(1) : "", InterfaceName.of(words.get(0)));
  }
}

package org.hnvf.lab.rehearse;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.hnvf.lab.soak.Stranding;

/** Shows a stranding with its story. */
final class StrandingView {

  private StrandingView() {}

  static String text(Shrunk shrunk) {
    Stranding stranding = shrunk.stranding();
    StringBuilder text = new StringBuilder("STRANDED: ");
    text.append(stranding.occasion()).append(", ").append(stranding.strategy().text());
    stranding
        .fault()
        .ifPresent(
            fault ->
                text.append(", ")
                    .append(fault.kind())
                    .append(" at `")
                    .append(fault.place())
                    .append('`'));
    text.append('\n');
    stranding.violations().forEach(violation -> text.append("  ").append(violation).append('\n'));
    lines(text, "before", stranding.before());
    lines(text, "after", stranding.after());
    text.append("the story, in seconds:\n");
    stranding.story().forEach(line -> text.append(line).append('\n'));
    text.append("tried on ")
        .append(shrunk.tried())
        .append(shrunk.whole() ? " smaller guests\n" : " smaller guests, then the time was over\n");
    things(text, "it takes: ", shrunk.needed());
    things(text, "it happens without: ", shrunk.leftOut());
    return text.toString();
  }

  private static void lines(StringBuilder text, String name, ImmutableList<String> lines) {
    text.append(name).append(":\n");
    lines.forEach(line -> text.append("  ").append(line).append('\n'));
  }

  private static void things(StringBuilder text, String name, List<String> things) {
    if (!things.isEmpty()) {
      text.append(name).append(String.join("; ", things)).append('\n');
    }
  }
}

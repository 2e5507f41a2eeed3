package org.hnvf.freebsd;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.model.FlagWord;
import org.hnvf.model.LaggPort;
import org.hnvf.model.NetInterface;

/**
 * Parses the interfaces in the output of ifconfig(8), both the old ({@code ioctl}, FreeBSD 13 and
 * earlier) and the new one ({@code netlink}). It accepts any text: lines before the first interface
 * are skipped, and unknown lines of an interface are kept in {@link NetInterface#others}.
 */
public final class IfconfigParser {

  private static final Pattern HEADING =
      Pattern.compile(
          "([^\\s].*?): flags=("
              + FlagWords.WORD
              + ")(?: metric ([0-9]{1,9})(?!\\S))?(?: mtu ([0-9]{1,9})(?!\\S))?(.*)");
  private static final Pattern PORT =
      Pattern.compile("laggport: (.+) flags=(" + FlagWords.WORD + ")(.*)");
  private static final Pattern LAGG = Pattern.compile("laggproto (\\S+)(?: lagghash (\\S+))?(.*)");
  private static final Splitter WORDS = Splitter.on(' ').omitEmptyStrings();

  private IfconfigParser() {}

  /**
   * The interfaces by their names, in the order of the text. If an interface was printed twice, the
   * last one counts.
   */
  public static ImmutableMap<String, NetInterface> parse(String text) {
    Map<String, NetInterface> found = new LinkedHashMap<>();
    showings(text).forEach(shown -> found.put(shown.name(), shown));
    return ImmutableMap.copyOf(found);
  }

  /** Returns the interfaces in the order of the text. One interface may occur several times. */
  public static ImmutableList<NetInterface> showings(String text) {
    ImmutableList.Builder<NetInterface> found = ImmutableList.builder();
    Optional<Block> open = Optional.empty();
    for (String line : lines(text)) {
      if (line.startsWith("\t")) {
        open.ifPresent(block -> block.lines().add(line.substring(1)));
        continue;
      }
      Matcher heading = HEADING.matcher(line);
      if (heading.matches()) {
        close(open, found);
        open = Optional.of(new Block(heading, new InterfaceLines()));
      } else {
        open.ifPresent(block -> block.lines().addLoose(line));
      }
    }
    close(open, found);
    return found.build();
  }

  private record Block(Matcher heading, InterfaceLines lines) {}

  private static Iterable<String> lines(String text) {
    String ended = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    return Splitter.on('\n').split(ended);
  }

  private static void close(Optional<Block> open, ImmutableList.Builder<NetInterface> found) {
    open.map(block -> read(block.heading(), block.lines())).ifPresent(found::add);
  }

  private static NetInterface read(Matcher heading, InterfaceLines lines) {
    return new NetInterface(
        heading.group(1),
        flags(heading, 2),
        number(heading, 3),
        number(heading, 4),
        lines.takeDescription(),
        lines.take("options=", FlagWords::parse),
        lines.take("ether "),
        lines.take("hwaddr "),
        lines.takeAll(AddressLine::parse),
        lagg(lines),
        lines
            .take("groups: ")
            .map(WORDS::splitToList)
            .map(ImmutableList::copyOf)
            .orElse(ImmutableList.of()),
        lines.take("media: "),
        lines.take("status: "),
        lines.take("nd6 options=", FlagWords::parse),
        lines.take("fib: ", Addresses::number),
        lines.take("drivername: "),
        others(heading, lines));
  }

  private static Optional<NetInterface.Lagg> lagg(InterfaceLines lines) {
    ImmutableList<LaggPort> ports =
        lines.match(PORT).stream()
            .map(port -> new LaggPort(port.group(1), flags(port, 2)))
            .collect(ImmutableList.toImmutableList());
    Optional<Matcher> lagg = lines.matchLast(LAGG);
    return lagg.isEmpty() && ports.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new NetInterface.Lagg(
                lagg.map(line -> line.group(1)).orElse(""),
                lagg.map(line -> line.group(2)),
                ports));
  }

  private static FlagWord flags(Matcher matched, int group) {
    return FlagWords.parse(matched.group(group)).orElseThrow();
  }

  private static int number(Matcher matched, int group) {
    return Optional.ofNullable(matched.group(group)).flatMap(Addresses::number).orElse(0);
  }

  private static ImmutableList<String> others(Matcher heading, InterfaceLines lines) {
    String tail = heading.group(heading.groupCount()).strip();
    return ImmutableList.<String>builder()
        .addAll(tail.isEmpty() ? ImmutableList.of() : ImmutableList.of(tail))
        .addAll(lines.rest())
        .build();
  }
}

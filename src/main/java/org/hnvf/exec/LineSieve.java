package org.hnvf.exec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hnvf.model.LineFilter;

/**
 * Keeps the lines of a stream that a {@link LineFilter} selects. Filtering a million routes must
 * take little longer than printing them, in a JVM that optimises little. So the class does not
 * parse each line: it searches for the first N bytes of all selected texts at once. N bytes have N
 * - 1 pairs of adjacent bytes, so it checks only every (N - 1)th pair of the stream. It parses a
 * line only after a match.
 */
final class LineSieve {

  /** The number of bits of an int. */
  private static final int LONGEST = 32;

  private final LineFilter filter;
  private final Wanted wanted;
  private final CappedText kept;
  private final int longestLine;

  /** The length of the searched beginnings: the length of the shortest text. */
  private final int length;

  /**
   * The positions in a beginning at which a pair of bytes may end, one bit for each position.
   * Several pairs share a slot, so a set bit may be a false match.
   */
  private final int[] places = new int[1 << 12];

  private final byte[][] beginnings;

  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private boolean tooLong;
  private boolean atFirst = true;

  /**
   * A sieve.
   *
   * @param kept takes what is kept
   * @param longestLine the largest line, in bytes; the text is cut at a longer line
   */
  LineSieve(LineFilter filter, CappedText kept, int longestLine) {
    this.filter = filter;
    this.wanted = new Wanted(filter);
    this.kept = kept;
    this.longestLine = longestLine;
    List<byte[]> texts = texts(filter);
    this.length = Math.min(texts.stream().mapToInt(text -> text.length).min().orElse(2), LONGEST);
    this.beginnings =
        texts.stream()
            .map(text -> new String(text, 0, length, ISO_8859_1))
            .distinct()
            .map(text -> text.getBytes(ISO_8859_1))
            .toArray(byte[][]::new);
    for (byte[] text : beginnings) {
      for (int i = 1; i < length; i++) {
        places[slot(text[i - 1], text[i])] |= 1 << i;
      }
    }
  }

  /**
   * Returns the texts as they occur in the stream: a start after a newline, a word after a newline
   * or a blank.
   */
  private static List<byte[]> texts(LineFilter filter) {
    return Stream.of(
            filter.starts().stream().map(start -> "\n" + start),
            filter.words().stream().flatMap(w -> Stream.of(" " + w, "\t" + w, "\n" + w)),
            filter.parts().stream())
        .flatMap(texts -> texts)
        .map(text -> text.getBytes(UTF_8))
        .toList();
  }

  private static int slot(byte one, byte next) {
    return ((one << 4) ^ next) & 0xfff;
  }

  /** Adds the next bytes of the stream. */
  void add(byte[] bytes, int size) {
    if (size == 0) {
      return;
    }
    int from = 0;
    if (begun.size() > 0 || tooLong) {
      from = Math.min(endOfLine(bytes, 0, size) + 1, size);
      hold(bytes, 0, from);
      if (bytes[from - 1] != '\n') {
        return;
      }
      if (!tooLong) {
        lines(begun.toByteArray(), 0, begun.size());
      }
      tooLong = false;
      begun.reset();
    }
    int rest = startOfLine(bytes, size, from);
    if (rest > from) {
      lines(bytes, from, rest);
    }
    hold(bytes, rest, size - rest);
  }

  private void hold(byte[] bytes, int from, int size) {
    if (tooLong || begun.size() + size > longestLine) {
      tooLong = true;
      begun.reset();
      kept.note("a line of more than " + longestLine + " bytes was skipped");
    } else {
      begun.write(bytes, from, size);
    }
  }

  /** Filters whole lines. */
  private void lines(byte[] bytes, int from, int to) {
    int[] known = places;
    int step = length - 1;
    int start = from;
    // The first line follows no newline, so the search does not find a start there.
    if ((atFirst && filter.first()) || wanted.mayBegin(bytes, from, to)) {
      start = endOfLine(bytes, from, to);
      look(bytes, from, start);
    }
    atFirst = false;
    for (int at = start + step; at < to; at += step) {
      int ends = known[slot(bytes[at - 1], bytes[at])];
      if (ends != 0) {
        int text = beginningAround(bytes, at, ends, to);
        if (text >= 0) {
          int in = bytes[text] == '\n' ? text + 1 : text;
          int end = endOfLine(bytes, in, to);
          look(bytes, startOfLine(bytes, in, from), end);
          at = end;
        }
      }
    }
  }

  /**
   * Returns the position of the beginning that contains the pair ending here; -1 if there is none.
   */
  private int beginningAround(byte[] bytes, int last, int ends, int to) {
    for (int left = ends; left != 0; left &= left - 1) {
      int from = last - Integer.numberOfTrailingZeros(left);
      if (from + length <= to && mayBegin(bytes, from)) {
        for (byte[] text : beginnings) {
          if (Arrays.equals(bytes, from, from + length, text, 0, length)) {
            return from;
          }
        }
      }
    }
    return -1;
  }

  /** Rejects most false matches by the first pair and the last, before a beginning is compared. */
  private boolean mayBegin(byte[] bytes, int from) {
    int last = length - 1;
    return (places[slot(bytes[from], bytes[from + 1])] & 1 << 1) != 0
        && (places[slot(bytes[from + last - 1], bytes[from + last])] & 1 << last) != 0;
  }

  /** Keeps this line if the filter selects it. */
  private void look(byte[] bytes, int from, int end) {
    if ((atFirst && filter.first()) || wanted.isWanted(bytes, from, end)) {
      kept.add(bytes, from, end + 1 - from);
    }
  }

  private static int endOfLine(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != '\n') {
      at++;
    }
    return at;
  }

  private static int startOfLine(byte[] bytes, int in, int from) {
    int at = in;
    while (at > from && bytes[at - 1] != '\n') {
      at--;
    }
    return at;
  }

  /** Marks the end of the stream; a last line without a newline is kept. */
  void end() {
    byte[] rest = begun.toByteArray();
    kept.add(rest, 0, rest.length);
    begun.reset();
  }

  /** Matches a whole line. */
  private static final class Wanted {
    private final byte[][] starts;
    private final byte[][] parts;
    private final byte[][] firstWords;
    private final Set<String> words;

    Wanted(LineFilter filter) {
      this.starts = bytes(filter.starts());
      this.parts = bytes(filter.parts());
      this.firstWords = bytes(filter.words());
      this.words = filter.words();
    }

    private static byte[][] bytes(Set<String> texts) {
      return texts.stream().map(text -> text.getBytes(UTF_8)).toArray(byte[][]::new);
    }

    /** Returns whether the beginning of this line may select it. */
    boolean mayBegin(byte[] line, int from, int to) {
      return isAt(starts, line, from, to) || isAt(firstWords, line, from, to);
    }

    boolean isWanted(byte[] line, int from, int to) {
      return isAt(starts, line, from, to) || hasPart(line, from, to) || hasWord(line, from, to);
    }

    private boolean hasPart(byte[] line, int from, int to) {
      for (int at = from; parts.length > 0 && at < to; at++) {
        if (isAt(parts, line, at, to)) {
          return true;
        }
      }
      return false;
    }

    private boolean hasWord(byte[] line, int from, int to) {
      int word = from;
      for (int at = from; !words.isEmpty() && at <= to; at++) {
        if (at == to || line[at] == ' ' || line[at] == '\t') {
          if (at > word && words.contains(new String(line, word, at - word, UTF_8))) {
            return true;
          }
          word = at + 1;
        }
      }
      return false;
    }

    private static boolean isAt(byte[][] texts, byte[] line, int at, int to) {
      for (byte[] text : texts) {
        if (text[0] == line[at]
            && text.length <= to - at
            && Arrays.equals(line, at, at + text.length, text, 0, text.length)) {
          return true;
        }
      }
      return false;
    }
  }
}

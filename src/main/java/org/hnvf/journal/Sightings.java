package org.hnvf.journal;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import java.util.Optional;
import org.hnvf.exec.DurableFiles;
import org.hnvf.model.HnUnit;
import org.hnvf.model.PairHistory;
import org.hnvf.model.PastScript;
import org.hnvf.model.Sighting;
import org.hnvf.model.SystemException;
import org.hnvf.model.VfCounts;

/**
 * The changes of each pair that looks have seen, {@code /var/db/hnvf/hnN.seen}, oldest first, for a
 * person to read: no decision depends on it. In transparent mode it is the only record of the VF.
 * The runs of override scripts stand there, too.
 */
public final class Sightings {

  /** The size in bytes at which the older half is deleted. */
  static final long ROOM = 64L << 10;

  private final DurableFiles files;

  /** Creates the sightings in the guest of {@code files}. */
  public Sightings(DurableFiles files) {
    this.files = files;
  }

  /**
   * Returns the sightings of a pair, oldest first. A line of another form is left out.
   *
   * @throws SystemException if the file cannot be read, or other users may have written it
   */
  public ImmutableList<Sighting> read(HnUnit unit) throws SystemException {
    return parsed(text(unit));
  }

  /** Returns the sightings of a text of {@link #text}. */
  static ImmutableList<Sighting> parsed(String text) {
    return Splitter.on('\n')
        .splitToStream(text)
        .flatMap(line -> SightingText.parse(line).stream())
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * Appends a sighting if it differs from the last one. The line is not durable: after a power
   * failure the last ones may be missing.
   *
   * @throws SystemException if it cannot be written
   */
  public void record(HnUnit unit, Sighting seen) throws SystemException {
    String text = text(unit);
    Sighting now = SightingText.asWritten(seen);
    Optional<Sighting> last = last(text);
    if (last.isPresent() && !now.differsFrom(last.get())) {
      return;
    }
    append(unit, text, SightingText.format(now));
  }

  /** Returns the runs of override scripts of a text of {@link #text}, oldest first. */
  static ImmutableList<PastScript> scripts(String text) {
    return Splitter.on('\n')
        .splitToStream(text)
        .flatMap(line -> SightingText.parseScript(line).stream())
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * Appends a run of an override script, which is not durable either.
   *
   * @throws SystemException if it cannot be written
   */
  public void record(HnUnit unit, PastScript script) throws SystemException {
    append(unit, text(unit), SightingText.format(script));
  }

  private void append(HnUnit unit, String text, String line) throws SystemException {
    if (text.isEmpty() || !text.endsWith("\n") || text.length() > ROOM) {
      files.write(path(unit), newerHalf(unit, text) + line);
    } else {
      files.append(path(unit), line);
    }
  }

  /**
   * Returns how often the VF of a pair came and went since the first sighting, deleted ones
   * included.
   *
   * @throws SystemException if the file cannot be read, or other users may have written it
   */
  VfCounts counts(HnUnit unit) throws SystemException {
    return counts(unit, text(unit));
  }

  private static VfCounts counts(HnUnit unit, String text) {
    PairHistory kept =
        new PairHistory(
            unit, ImmutableList.of(), parsed(text), ImmutableList.of(), ImmutableList.of());
    VfCounts inText = new VfCounts(kept.timesVfCame(), kept.timesVfWent());
    return Splitter.on('\n')
        .splitToStream(text)
        .flatMap(line -> SightingText.parseDropped(line).stream())
        .reduce(inText, VfCounts::plus);
  }

  private static Optional<Sighting> last(String text) {
    // From the end: each look asks for it, and the file may be long.
    return Lists.reverse(Splitter.on('\n').splitToList(text)).stream()
        .flatMap(line -> SightingText.parse(line).stream())
        .findFirst();
  }

  /**
   * Returns the whole lines of a text, without its older half if there is no room for more. The
   * number of times that the VF came and went in the older half is the first line then. The last
   * sighting stays, also if only runs of scripts follow it: it is the state of the pair.
   */
  private static String newerHalf(HnUnit unit, String text) {
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    if (whole.length() <= ROOM) {
      return whole;
    }
    String half = whole.substring(whole.indexOf('\n', whole.length() / 2) + 1);
    String kept =
        last(half).isPresent() ? half : last(whole).map(SightingText::format).orElse("") + half;
    return SightingText.formatDropped(counts(unit, whole).minus(counts(unit, kept))) + kept;
  }

  /**
   * Returns the text of a pair's file; empty if there is none.
   *
   * @throws SystemException if it cannot be read, or other users may have written it
   */
  String text(HnUnit unit) throws SystemException {
    return PrivateText.read(files, path(unit)).orElse("");
  }

  private static String path(HnUnit unit) {
    return PairStore.DIRECTORY + "/hn" + unit + ".seen";
  }
}

package org.hnvf.journal;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import java.util.Optional;
import org.hnvf.exec.DurableFiles;
import org.hnvf.model.HnUnit;
import org.hnvf.model.Sighting;
import org.hnvf.model.SystemException;

/**
 * The changes of each pair that looks have seen, {@code /var/db/hnvf/hnN.seen}, oldest first, for a
 * person to read: no decision depends on it. In transparent mode it is the only record of the VF.
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
    return Splitter.on('\n')
        .splitToStream(text(unit))
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
    String line = SightingText.format(now);
    if (text.isEmpty() || !text.endsWith("\n") || text.length() > ROOM) {
      files.write(path(unit), newerHalf(text) + line);
    } else {
      files.append(path(unit), line);
    }
  }

  private static Optional<Sighting> last(String text) {
    Iterable<String> lines = Splitter.on('\n').omitEmptyStrings().split(text);
    return Optional.ofNullable(Iterables.getLast(lines, null)).flatMap(SightingText::parse);
  }

  /** Returns the whole lines of a text, without its older half if there is no room for more. */
  private static String newerHalf(String text) {
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    return whole.length() > ROOM
        ? whole.substring(whole.indexOf('\n', whole.length() / 2) + 1)
        : whole;
  }

  private String text(HnUnit unit) throws SystemException {
    String path = path(unit);
    files.requirePrivate(PairStore.DIRECTORY);
    files.requirePrivate(path);
    return files.read(path).orElse("");
  }

  private static String path(HnUnit unit) {
    return PairStore.DIRECTORY + "/hn" + unit + ".seen";
  }
}

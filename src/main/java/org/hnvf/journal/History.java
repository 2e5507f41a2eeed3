package org.hnvf.journal;

import com.google.common.collect.ImmutableList;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.hnvf.exec.DurableFiles;
import org.hnvf.model.SystemException;

/**
 * The journals of workflows that have ended, {@code /var/db/hnvf/history}, for a person to read.
 * hnvf never reads one of them. Their names sort by the time at which the workflow began, then by
 * the pair.
 */
final class History {

  static final String DIRECTORY = PairStore.DIRECTORY + "/history";

  /** How many journals are kept. */
  static final int MOST = 100;

  /** How many bytes they have together: 4 MiB. */
  static final long ROOM = 4L << 20;

  private static final DateTimeFormatter BEGUN =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** What is named otherwise is somebody else's, neither counted nor deleted. */
  private static final Pattern NAME =
      Pattern.compile("\\d{8}T\\d{6}\\.\\d{3}Z-hn\\d{1,10}\\.journal");

  private final DurableFiles files;

  History(DurableFiles files) {
    this.files = files;
  }

  /**
   * Moves a finished journal here. The oldest ones are deleted before, so that the bounds hold at
   * every moment, and a full disk may have room again.
   *
   * @param path where it is
   * @param entry what it says
   * @throws SystemException where it cannot be moved: then it is still at {@code path}
   */
  void take(String path, JournalEntry entry) throws SystemException {
    files.requirePrivate(DIRECTORY);
    String name = BEGUN.format(entry.begun()) + "-hn" + entry.unit() + ".journal";
    makeRoomFor(name, files.size(path));
    files.rename(path, DIRECTORY + "/" + name);
  }

  private void makeRoomFor(String name, long size) throws SystemException {
    ImmutableList<String> others =
        files.list(DIRECTORY).stream()
            .filter(other -> NAME.matcher(other).matches() && !other.equals(name))
            .sorted()
            .collect(ImmutableList.toImmutableList());
    int count = 1;
    long total = size;
    for (String other : others.reverse()) {
      String path = DIRECTORY + "/" + other;
      count++;
      total += files.size(path);
      if (count > MOST || total > ROOM) {
        files.delete(path);
      }
    }
  }
}

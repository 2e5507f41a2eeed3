package org.hnvf.journal;

import com.google.common.collect.ImmutableList;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.hnvf.exec.DurableFiles;
import org.hnvf.model.SystemException;

/**
 * The journals of finished workflows in {@code /var/db/hnvf/history}, for a person to read; hnvf
 * never reads them. Their names sort by the time at which the workflow began, then by pair.
 */
public final class History {

  /** The directory of the journals. */
  public static final String DIRECTORY = PairStore.DIRECTORY + "/history";

  /** The largest number of journals. */
  static final int MOST = 100;

  /** The largest total size in bytes: 4 MiB. */
  static final long ROOM = 4L << 20;

  private static final DateTimeFormatter BEGUN =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** The names of journals; files with other names are neither counted nor deleted. */
  private static final Pattern NAME =
      Pattern.compile("\\d{8}T\\d{6}\\.\\d{3}Z-hn\\d{1,10}\\.journal");

  private final DurableFiles files;

  History(DurableFiles files) {
    this.files = files;
  }

  /**
   * Moves a finished journal to the history. The oldest journals are deleted first, so that the
   * limits hold at every moment, and a full disk may have room again.
   *
   * @param path its path
   * @param entry its entry
   * @throws SystemException if it cannot be moved; it is then still at {@code path}
   */
  void take(String path, JournalEntry entry) throws SystemException {
    files.requirePrivate(DIRECTORY);
    String name = BEGUN.format(entry.begun()) + "-hn" + entry.unit() + ".journal";
    makeRoomFor(name, files.size(path));
    files.rename(path, DIRECTORY + "/" + name);
  }

  /** Returns whether a file of the directory is a journal, by its name. */
  public static boolean isJournal(String name) {
    return NAME.matcher(name).matches();
  }

  private void makeRoomFor(String name, long size) throws SystemException {
    ImmutableList<String> others =
        files.list(DIRECTORY).stream()
            .filter(other -> isJournal(other) && !other.equals(name))
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

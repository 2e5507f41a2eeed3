package org.hnvf.journal;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.exec.DurableFiles;
import org.hnvf.exec.ParseCache;
import org.hnvf.exec.Timer;
import org.hnvf.model.Configuration;
import org.hnvf.model.HnUnit;
import org.hnvf.model.LastHad;
import org.hnvf.model.PairHistory;
import org.hnvf.model.SystemException;
import org.hnvf.model.UnderWay;

/**
 * The journal of each pair, {@code /var/db/hnvf/hnN.journal}: the plan of a workflow, and its
 * progress. The file exists while the workflow is unfinished: it has no outcome, or its outcome is
 * incomplete. A finished journal moves to {@code /var/db/hnvf/history}; if it was not moved because
 * hnvf was killed or the disk was full, it counts as moved.
 *
 * <p>The data of a finished workflow that later decisions need is in a separate file, {@code
 * hnN.last} ({@link LastHad}). Each pair has its own, so that two processes that work on two pairs
 * do not write to the same file.
 *
 * <p>The entry is durable before the first changing command, and so is the outcome. The lines
 * between are appended without a sync: they survive a kill of hnvf, but not a power failure, after
 * which the guest boots and the entry is closed. They are for a person; a recovery reads the guest.
 */
public final class Journal {

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

  private final DurableFiles files;
  private final Timer timer;
  private final History history;
  private final ParseCache<String, Found> texts = ParseCache.texts(Journal::parsed);

  /** Creates the journals in the guest of {@code files}. */
  public Journal(DurableFiles files, Timer timer) {
    this.files = files;
    this.timer = timer;
    this.history = new History(files);
  }

  /** The journal of a pair. */
  public sealed interface Found {}

  /** No workflow is unfinished. */
  public record Nothing() implements Found {}

  /** A workflow in which hnvf was killed, or which ended incomplete. */
  public record Unfinished(JournalEntry entry) implements Found {}

  /**
   * A file that hnvf did not write, or that other users may have written.
   *
   * @param reason why it is not used
   */
  public record Unreadable(String reason) implements Found {}

  /**
   * Returns the journal of a pair. A finished workflow counts as {@link Nothing}, wherever its file
   * is.
   */
  public Found read(HnUnit unit) {
    Found found = entry(unit);
    return found instanceof Unfinished one && one.entry().isFinished() ? new Nothing() : found;
  }

  /**
   * Returns the workflow of an entry without an outcome: it is running, or hnvf was killed in it.
   * The caller must check whether another process holds the pair's lock.
   */
  public Optional<UnderWay> underWay(HnUnit unit) {
    if (!(read(unit) instanceof Unfinished one) || !one.entry().isCutShort()) {
      return Optional.empty();
    }
    try {
      return PrivateText.read(files, path(unit)).map(text -> JournalProgress.of(one.entry(), text));
    } catch (SystemException e) {
      // It has just been moved: the workflow has ended.
      return Optional.empty();
    }
  }

  /** Returns the last workflow of a pair, and all its sightings. */
  public PairHistory history(HnUnit unit) {
    return history.read(unit, 1);
  }

  /** Returns the entry, even of a finished workflow. */
  private Found entry(HnUnit unit) {
    try {
      Optional<String> text = PrivateText.read(files, path(unit));
      if (text.isEmpty()) {
        return new Nothing();
      }
      Found found = texts.of(text.get());
      if (found instanceof Unreadable unreadable) {
        return new Unreadable(path(unit) + ", " + unreadable.reason());
      }
      return found instanceof Unfinished one && !one.entry().unit().equals(unit)
          ? new Unreadable(path(unit) + " is the journal of hn" + one.entry().unit())
          : found;
    } catch (SystemException e) {
      return new Unreadable(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Returns the data of the last workflow of each pair; a pair without one, or with an invalid
   * file, is left out. Call it after the guest was read: hnvf writes the data before the workflow
   * removes anything, so a caller that misses something in the snapshot finds it here.
   */
  public ImmutableMap<HnUnit, LastHad> lastHad(ImmutableSet<HnUnit> units) {
    ImmutableMap.Builder<HnUnit, LastHad> all = ImmutableMap.builder();
    units.forEach(unit -> lastHad(unit).ifPresent(had -> all.put(unit, had)));
    return all.buildOrThrow();
  }

  private Optional<LastHad> lastHad(HnUnit unit) {
    try {
      return PrivateText.read(files, last(unit)).flatMap(LastHadText::parse);
    } catch (SystemException e) {
      // The next reconciliation under the pair's lock reports the reason and renames it.
      return Optional.empty();
    }
  }

  /**
   * Moves a finished journal to the history, and renames an invalid file of the last workflow. The
   * caller holds the pair's lock.
   *
   * @return the messages
   */
  public ImmutableList<String> tidy(HnUnit unit) {
    ImmutableList.Builder<String> told = ImmutableList.builder();
    try {
      retire(unit);
    } catch (SystemException e) {
      told.add(
          "a finished journal could not be moved to the history; the next check "
              + "tries again: "
              + e.getMessage());
    }
    distrust(unit)
        .ifPresent(
            reason -> {
              told.add(
                  "the record of the last configuration of hn"
                      + unit
                      + " cannot be used: "
                      + reason);
              try {
                told.add("it was renamed to " + files.setAside(last(unit)));
              } catch (SystemException e) {
                told.add(String.valueOf(e.getMessage()));
              }
            });
    return told.build();
  }

  private Optional<String> distrust(HnUnit unit) {
    if (!files.exists(last(unit))) {
      return Optional.empty();
    }
    try {
      Optional<String> text = PrivateText.read(files, last(unit));
      return text.isPresent() && LastHadText.parse(text.get()).isEmpty()
          ? Optional.of(last(unit) + " is malformed")
          : Optional.empty();
    } catch (SystemException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private void retire(HnUnit unit) throws SystemException {
    if (entry(unit) instanceof Unfinished one && one.entry().isFinished()) {
      history.take(path(unit), one.entry());
    }
  }

  /**
   * Returns the destinations of the pairs' routes before an unfinished workflow, without the
   * default ones. If such a route now goes through another interface, it must not be added again.
   */
  public ImmutableSet<String> destinations(ImmutableSet<HnUnit> units) {
    ImmutableSet.Builder<String> destinations = ImmutableSet.builder();
    for (HnUnit unit : units) {
      if (read(unit) instanceof Unfinished one) {
        Configuration before = one.entry().before();
        Stream.concat(before.routes().stream(), before.routes6().stream())
            .filter(route -> !route.isDefault())
            .forEach(route -> destinations.add(route.destination()));
      }
    }
    return destinations.build();
  }

  private static Found parsed(String text) {
    try {
      return new Unfinished(JournalText.parse(text));
    } catch (UnreadableJournalException e) {
      return new Unreadable(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Writes an entry durably in place of the last one, and before it the data of the pair ({@link
   * #lastHad}). No change may be made before that.
   *
   * @throws SystemException if it cannot be written, or if other users may write to it
   */
  public void begin(JournalEntry entry) throws SystemException {
    files.requirePrivate(PairStore.DIRECTORY);
    files.requirePrivate(path(entry.unit()));
    // An entry alone would count as a workflow in which hnvf was killed.
    files.write(last(entry.unit()), LastHadText.format(LastHadText.of(entry)));
    files.write(path(entry.unit()), JournalText.format(entry));
  }

  /**
   * Appends a line about the progress.
   *
   * @throws SystemException if the disk is full or the file is gone; the entry itself remains
   */
  public void remark(HnUnit unit, String what) throws SystemException {
    files.append(path(unit), JournalText.remark(CLOCK.format(timer.now()) + " " + what));
  }

  /**
   * Writes the outcome durably and moves a finished journal to the history. The outcome of an
   * incomplete workflow is replaced, because a text with two outcomes is not valid.
   *
   * @throws SystemException if it cannot be written: it then stays unfinished, and a recovery finds
   *     that no step is left; or if it cannot be moved: it then is finished, and {@link #tidy}
   *     moves it later
   */
  public void end(HnUnit unit, String outcome) throws SystemException {
    String text = files.read(path(unit)).orElse("");
    files.write(path(unit), JournalText.ended(text, timer.now(), outcome));
    retire(unit);
  }

  /**
   * Renames an invalid journal.
   *
   * @return its new path
   */
  public String setAside(HnUnit unit) throws SystemException {
    return files.setAside(path(unit));
  }

  private static String last(HnUnit unit) {
    return PairStore.DIRECTORY + "/hn" + unit + ".last";
  }

  static String path(HnUnit unit) {
    return PairStore.DIRECTORY + "/hn" + unit + ".journal";
  }
}

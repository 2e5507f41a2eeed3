package org.hnvf.journal;

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
import org.hnvf.model.SystemException;

/**
 * The journal of each pair, {@code /var/db/hnvf/hnN.journal}: what the last workflow was about to
 * do, how far it came, and how it ended.
 *
 * <p>The entry is durable before the first changing command, and so is the outcome. What is done in
 * between is only added to the file: hnvf may be killed at any moment and nothing of it is lost,
 * but the power may fail, and then the guest boots and the entry is closed. The lines in between
 * are for a person; a recovery looks at the guest.
 */
public final class Journal {

  /** How the outcome of a workflow begins after which not everything was in its place. */
  public static final String INCOMPLETE = "incomplete";

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

  private final DurableFiles files;
  private final Timer timer;
  private final ParseCache<String, Found> texts = ParseCache.texts(Journal::parsed);

  /** The journals in the guest of {@code files}. */
  public Journal(DurableFiles files, Timer timer) {
    this.files = files;
    this.timer = timer;
  }

  /** What there is of a pair. */
  public sealed interface Found {}

  /** No workflow has ever begun. */
  public record Nothing() implements Found {}

  /** The last workflow. */
  public record Last(JournalEntry entry) implements Found {}

  /**
   * There is something, which is not what hnvf writes, or may be somebody else's.
   *
   * @param reason why it is not believed
   */
  public record Unreadable(String reason) implements Found {}

  /** What there is of a pair. */
  public Found read(HnUnit unit) {
    try {
      files.requirePrivate(PairStore.DIRECTORY);
      files.requirePrivate(path(unit));
      Optional<String> text = files.read(path(unit));
      if (text.isEmpty()) {
        return new Nothing();
      }
      Found found = texts.of(text.get());
      if (found instanceof Unreadable unreadable) {
        return new Unreadable(path(unit) + ", " + unreadable.reason());
      }
      return found instanceof Last last && !last.entry().unit().equals(unit)
          ? new Unreadable(path(unit) + " is the journal of hn" + last.entry().unit())
          : found;
    } catch (SystemException e) {
      return new Unreadable(String.valueOf(e.getMessage()));
    }
  }

  /**
   * To where the routes went that these pairs had before the last workflow, but for the default
   * ones: where somebody has led one through another interface since, it is not to be added again.
   */
  public ImmutableSet<String> destinations(ImmutableSet<HnUnit> units) {
    ImmutableSet.Builder<String> destinations = ImmutableSet.builder();
    for (HnUnit unit : units) {
      if (read(unit) instanceof Last last) {
        Configuration before = last.entry().before();
        Stream.concat(before.routes().stream(), before.routes6().stream())
            .filter(route -> !route.isDefault())
            .forEach(route -> destinations.add(route.destination()));
      }
    }
    return destinations.build();
  }

  private static Found parsed(String text) {
    try {
      return new Last(JournalText.parse(text));
    } catch (UnreadableJournalException e) {
      return new Unreadable(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Writes an entry down, durably, in the place of the last one. Only after this may anything be
   * changed.
   *
   * @throws SystemException where it cannot be written, or where others could write to it
   */
  public void begin(JournalEntry entry) throws SystemException {
    files.requirePrivate(PairStore.DIRECTORY);
    files.requirePrivate(path(entry.unit()));
    files.write(path(entry.unit()), JournalText.format(entry));
  }

  /**
   * Adds what is being done.
   *
   * @throws SystemException where the disk is full or the file is gone; the entry itself stands
   */
  public void remark(HnUnit unit, String what) throws SystemException {
    files.append(path(unit), JournalText.remark(CLOCK.format(timer.now()) + " " + what));
  }

  /**
   * Says how the last workflow ended, durably. One that had ended incomplete has this outcome then,
   * and no other: a fact that is said twice is not believed.
   *
   * @throws SystemException where it cannot be written: then it stays unfinished, and a recovery
   *     will find that nothing is left to do
   */
  public void end(HnUnit unit, String outcome) throws SystemException {
    String text = files.read(path(unit)).orElse("");
    files.write(path(unit), JournalText.ended(text, outcome));
  }

  /**
   * Puts a journal that is not believed out of the way.
   *
   * @return where it is now
   */
  public String setAside(HnUnit unit) throws SystemException {
    return files.setAside(path(unit));
  }

  private static String path(HnUnit unit) {
    return PairStore.DIRECTORY + "/hn" + unit + ".journal";
  }
}

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
import org.hnvf.model.SystemException;
import org.hnvf.model.UnderWay;

/**
 * The journal of each pair, {@code /var/db/hnvf/hnN.journal}: what a workflow was about to do, and
 * how far it came. It is there while the workflow is unfinished: has no outcome, or the outcome
 * that something is missing. One that is finished goes to {@code /var/db/hnvf/history}; where it
 * still lies there, because hnvf was killed or the disk was full, it counts as gone.
 *
 * <p>What later decisions need of a finished workflow is in a file of its own, {@code hnN.last}
 * ({@link LastHad}). It is the pair's alone: two pairs that are worked on at the same time, by
 * different processes, do not write to the same file.
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
  private final History history;
  private final ParseCache<String, Found> texts = ParseCache.texts(Journal::parsed);

  /** The journals in the guest of {@code files}. */
  public Journal(DurableFiles files, Timer timer) {
    this.files = files;
    this.timer = timer;
    this.history = new History(files);
  }

  /** What there is of a pair. */
  public sealed interface Found {}

  /** No workflow is unfinished. */
  public record Nothing() implements Found {}

  /** A workflow in which hnvf was killed, or after which something is missing. */
  public record Unfinished(JournalEntry entry) implements Found {}

  /**
   * There is something, which is not what hnvf writes, or may be somebody else's.
   *
   * @param reason why it is not believed
   */
  public record Unreadable(String reason) implements Found {}

  /** What there is of a pair. A finished workflow is nothing, wherever its file is. */
  public Found read(HnUnit unit) {
    Found found = entry(unit);
    return found instanceof Unfinished one && one.entry().isFinished() ? new Nothing() : found;
  }

  /**
   * What an entry without an outcome tells: a workflow is under way, or hnvf was killed in it. Who
   * asks has to see whether somebody has the pair's lock.
   */
  public Optional<UnderWay> underWay(HnUnit unit) {
    if (!(read(unit) instanceof Unfinished one) || !one.entry().isCutShort()) {
      return Optional.empty();
    }
    try {
      return text(path(unit)).map(text -> JournalProgress.of(one.entry(), text));
    } catch (SystemException e) {
      // It has just been put away: the workflow has ended.
      return Optional.empty();
    }
  }

  /** What the file says, a finished workflow too. */
  private Found entry(HnUnit unit) {
    try {
      Optional<String> text = text(path(unit));
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

  private Optional<String> text(String path) throws SystemException {
    files.requirePrivate(PairStore.DIRECTORY);
    Optional<String> text = files.read(path);
    if (text.isPresent()) {
      files.requirePrivate(path);
    }
    return text;
  }

  /**
   * What these pairs had when the last workflow on each began; a pair without such a workflow, or
   * whose file is not believed, is not among them. This is to be asked for after the guest was
   * read: what a workflow takes away was noted before, so that whoever misses it finds the note.
   */
  public ImmutableMap<HnUnit, LastHad> lastHad(ImmutableSet<HnUnit> units) {
    ImmutableMap.Builder<HnUnit, LastHad> all = ImmutableMap.builder();
    units.forEach(unit -> lastHad(unit).ifPresent(had -> all.put(unit, had)));
    return all.buildOrThrow();
  }

  private Optional<LastHad> lastHad(HnUnit unit) {
    try {
      return text(last(unit)).flatMap(LastHadText::parse);
    } catch (SystemException e) {
      // The next look under the pair's lock says why, and sets it aside.
      return Optional.empty();
    }
  }

  /**
   * Puts away, under the pair's lock, what is not to lie there any longer: a finished journal goes
   * to the history, and a note of what the pair had that is not believed is set aside.
   *
   * @return what has to be told of that
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
      Optional<String> text = text(last(unit));
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
   * To where the routes went that these pairs had before an unfinished workflow, but for the
   * default ones: where somebody has led one through another interface since, it is not to be added
   * again.
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
   * Writes an entry down, durably, in the place of the last one, and before that what the pair has
   * ({@link #lastHad}). Only after this may anything be changed.
   *
   * @throws SystemException where it cannot be written, or where others could write to it
   */
  public void begin(JournalEntry entry) throws SystemException {
    files.requirePrivate(PairStore.DIRECTORY);
    files.requirePrivate(path(entry.unit()));
    // An entry alone would be taken for a workflow in which hnvf was killed.
    files.write(last(entry.unit()), LastHadText.format(LastHadText.of(entry)));
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
   * Says how the workflow ended, durably, and moves a journal that is finished then to the history.
   * One that had ended incomplete has this outcome then, and no other: a fact that is said twice is
   * not believed.
   *
   * @throws SystemException where it cannot be written: then it stays unfinished, and a recovery
   *     will find that nothing is left to do; or where it cannot be moved: then it is finished, and
   *     a later look moves it ({@link #tidy})
   */
  public void end(HnUnit unit, String outcome) throws SystemException {
    String text = files.read(path(unit)).orElse("");
    files.write(path(unit), JournalText.ended(text, outcome));
    retire(unit);
  }

  /**
   * Puts a journal that is not believed out of the way.
   *
   * @return where it is now
   */
  public String setAside(HnUnit unit) throws SystemException {
    return files.setAside(path(unit));
  }

  private static String last(HnUnit unit) {
    return PairStore.DIRECTORY + "/hn" + unit + ".last";
  }

  private static String path(HnUnit unit) {
    return PairStore.DIRECTORY + "/hn" + unit + ".journal";
  }
}

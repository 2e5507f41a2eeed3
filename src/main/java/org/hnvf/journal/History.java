package org.hnvf.journal;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.primitives.Ints;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hnvf.exec.DurableFiles;
import org.hnvf.model.HnUnit;
import org.hnvf.model.PairHistory;
import org.hnvf.model.PastScript;
import org.hnvf.model.PastWorkflow;
import org.hnvf.model.Sighting;
import org.hnvf.model.SystemException;
import org.hnvf.model.WorkflowCounts;

/**
 * The journals of finished workflows in {@code /var/db/hnvf/history}, for a person to read; no
 * decision depends on them. Their names sort by the time at which the workflow began, then by pair.
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
      Pattern.compile("\\d{8}T\\d{6}\\.\\d{3}Z-hn(\\d{1,10})\\.journal");

  /** The names of an unfinished journal, and of the sightings of a pair. */
  private static final Pattern UNIT = Pattern.compile("hn(\\d{1,10})\\.(?:journal|seen)");

  private final DurableFiles files;
  private final Dropped dropped;

  /** Creates the history in the guest of {@code files}. */
  public History(DurableFiles files) {
    this.files = files;
    this.dropped = new Dropped(files);
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
    makeRoomFor(name, files.size(path), entry.unit());
    files.rename(path, DIRECTORY + "/" + name);
  }

  /** Returns whether a file of the directory is a journal, by its name. */
  public static boolean isJournal(String name) {
    return NAME.matcher(name).matches();
  }

  /**
   * Returns the history of a pair. A part that cannot be read is left out and named.
   *
   * @param most the largest number of workflows, the newest ones
   */
  public PairHistory read(HnUnit unit, int most) {
    ImmutableList.Builder<String> problems = ImmutableList.builder();
    ImmutableList<Sighting> sightings = ImmutableList.of();
    ImmutableList<PastScript> scripts = ImmutableList.of();
    ImmutableList.Builder<PastWorkflow> workflows = ImmutableList.builder();
    try {
      ImmutableList<String> names = namesOf(unit);
      for (String name : names.subList(Math.max(0, names.size() - most), names.size())) {
        workflow(DIRECTORY + "/" + name, unit, problems).ifPresent(workflows::add);
      }
      String seen = new Sightings(files).text(unit);
      sightings = Sightings.parsed(seen);
      scripts = Sightings.scripts(seen);
    } catch (SystemException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    workflow(Journal.path(unit), unit, problems).ifPresent(workflows::add);
    return new PairHistory(unit, workflows.build(), sightings, scripts, problems.build());
  }

  /** Returns whether this is the name of a journal of a pair. */
  static boolean isOf(String name, HnUnit unit) {
    Matcher journal = NAME.matcher(name);
    return journal.matches() && journal.group(1).equals(unit.toString());
  }

  /** Returns the names of the finished journals of a pair, oldest first. */
  ImmutableList<String> namesOf(HnUnit unit) throws SystemException {
    return files.list(DIRECTORY).stream()
        .filter(name -> isOf(name, unit))
        .sorted()
        .collect(ImmutableList.toImmutableList());
  }

  /** Returns the workflow of a journal; empty if it is missing or cannot be read. */
  Optional<PastWorkflow> workflow(
      String path, HnUnit unit, ImmutableList.Builder<String> problems) {
    try {
      Optional<String> text = PrivateText.read(files, path);
      if (text.isEmpty()) {
        return Optional.empty();
      }
      PastWorkflow past = PastText.parse(text.get());
      if (!past.unit().equals(unit)) {
        problems.add(path + " is the journal of hn" + past.unit());
        return Optional.empty();
      }
      return Optional.of(past);
    } catch (UnreadableJournalException e) {
      problems.add(path + ", " + e.getMessage());
    } catch (SystemException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    return Optional.empty();
  }

  /** Returns the units that have a history, in order. */
  public ImmutableSortedSet<HnUnit> units() throws SystemException {
    return Stream.concat(
            files.list(DIRECTORY).stream().map(NAME::matcher),
            files.list(PairStore.DIRECTORY).stream().map(UNIT::matcher))
        .filter(Matcher::matches)
        .flatMap(name -> Optional.ofNullable(Ints.tryParse(name.group(1))).stream())
        .map(HnUnit::new)
        .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
  }

  private void makeRoomFor(String name, long size, HnUnit by) throws SystemException {
    ImmutableList<String> others =
        files.list(DIRECTORY).stream()
            .filter(other -> isJournal(other) && !other.equals(name))
            .sorted()
            .collect(ImmutableList.toImmutableList());
    List<String> surplus = new ArrayList<>();
    int count = 1;
    long total = size;
    for (String other : others.reverse()) {
      String path = DIRECTORY + "/" + other;
      count++;
      total += files.size(path);
      if (count > MOST || total > ROOM) {
        surplus.add(path);
      }
    }
    if (!surplus.isEmpty()) {
      dropped.delete(by, counted(surplus), () -> delete(surplus));
    }
  }

  private void delete(List<String> paths) throws SystemException {
    for (String path : paths) {
      files.delete(path);
    }
  }

  /** Returns the numbers of journals; one that cannot be read is not counted. */
  private Map<HnUnit, WorkflowCounts> counted(List<String> paths) {
    Map<HnUnit, WorkflowCounts> counts = new TreeMap<>();
    for (String path : paths) {
      unit(path.substring(DIRECTORY.length() + 1))
          .flatMap(unit -> workflow(path, unit, ImmutableList.builder()))
          .ifPresent(
              past -> counts.merge(past.unit(), WorkflowCounts.of(past), WorkflowCounts::plus));
    }
    return counts;
  }

  private static Optional<HnUnit> unit(String name) {
    Matcher journal = NAME.matcher(name);
    return journal.matches()
        ? Optional.ofNullable(Ints.tryParse(journal.group(1))).map(HnUnit::new)
        : Optional.empty();
  }
}

package org.hnvf.journal;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.exec.DurableFiles;
import org.hnvf.exec.OwnDirectories;
import org.hnvf.exec.Timer;
import org.hnvf.model.BackOff;
import org.hnvf.model.HalfDoneScript;
import org.hnvf.model.HnUnit;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.OperatorWord;
import org.hnvf.model.Settings;
import org.hnvf.model.SystemException;

/**
 * The state that hnvf keeps of each pair between runs, in small text files named by the pair's
 * unit: the operator's word, the back-off, the end of its VF's delay, the times when its VF came
 * up, the lagg that was created for it, and its lock. It survives restart, reboot and re-attach.
 */
public final class PairStore {

  /** The directory of the files: owned by root, mode 0700. */
  public static final String DIRECTORY = OwnDirectories.STATE;

  /** The directory of files that a reboot deletes: rc.d/cleanvar empties /var/run. */
  private static final String BOOT = OwnDirectories.RUN;

  private static final int UPS = 16;
  private static final Duration AFTER_UNREADABLE = Duration.ofHours(1);

  private static final Duration LOCK_POLL = Duration.ofMillis(50);

  private final DurableFiles files;
  private final Timer timer;
  private final UnstoredWords unstored;
  private final Duration longestPause;

  /** Creates a store in the guest of {@code files}. */
  public PairStore(DurableFiles files, Timer timer) {
    this(files, timer, new UnstoredWords());
  }

  /** Creates a store that shares unstored words with others in this process. */
  public PairStore(DurableFiles files, Timer timer, UnstoredWords unstored) {
    this(files, timer, unstored, Settings.MOST_HELD);
  }

  /**
   * Creates the same.
   *
   * @param longestPause the longest pause of a back-off: a longer one was stored before the clock
   *     was set back, and is over
   */
  public PairStore(DurableFiles files, Timer timer, UnstoredWords unstored, Duration longestPause) {
    this.files = files;
    this.timer = timer;
    this.unstored = unstored;
    this.longestPause = longestPause;
  }

  /**
   * Returns the operator's word: AUTO if none is stored, if the time of a pin is over, or if it
   * cannot be read; {@link #backOff} then keeps the VF down.
   */
  public OperatorWord word(HnUnit unit) throws SystemException {
    Instant now = timer.now();
    Optional<OperatorWord> kept = unstored.of(unit).map(UnstoredWords.Unstored::word);
    return (kept.isPresent() ? kept : files.read(path(unit, "word")).flatMap(WordText::parse))
        .filter(word -> !(word instanceof OperatorWord.Pinned pinned && pinned.isOver(now)))
        .orElse(new OperatorWord.Auto());
  }

  /** Stores the operator's word durably. */
  public void word(HnUnit unit, OperatorWord word) throws SystemException {
    if (word instanceof OperatorWord.Auto) {
      files.delete(path(unit, "word"));
    } else {
      files.write(path(unit, "word"), WordText.format(word));
    }
    unstored.forget(unit);
  }

  /**
   * Keeps the operator's word while this process lives.
   *
   * @param why why it could not be stored
   */
  public void keepUnstored(HnUnit unit, OperatorWord word, String why) {
    unstored.keep(unit, new UnstoredWords.Unstored(word, why));
  }

  /** Returns why the operator's word is not stored; empty if it is. */
  public Optional<String> unstored(HnUnit unit) {
    return unstored.of(unit).map(UnstoredWords.Unstored::why);
  }

  /** Stores a word that could not be stored earlier, if that is possible now. */
  public void storeLate(HnUnit unit) {
    Optional<UnstoredWords.Unstored> kept = unstored.of(unit);
    if (kept.isEmpty()) {
      return;
    }
    try {
      word(unit, kept.get().word());
    } catch (SystemException e) {
      keepUnstored(unit, kept.get().word(), String.valueOf(e.getMessage()));
    }
  }

  /**
   * Returns the back-off of a pair. If it or the operator's word cannot be read, it returns a
   * back-off without an end: the guest is reachable over hn with the VF down, and a word that may
   * have been FAILOVER is not overridden.
   */
  public Optional<BackOff> backOff(HnUnit unit) throws SystemException {
    Optional<String> word = files.read(path(unit, "word"));
    if (word.isPresent() && word.flatMap(WordText::parse).isEmpty()) {
      return Optional.of(unreadable(unit, "word"));
    }
    return files
        .read(path(unit, "backoff"))
        .map(text -> BackOffText.parse(text).map(this::onThisClock))
        .map(backOff -> backOff.orElseGet(() -> unreadable(unit, "backoff")));
  }

  private BackOff onThisClock(BackOff backOff) {
    Instant now = timer.now();
    Instant latest = now.plus(longestPause).plus(DelayText.CORRECTION);
    return backOff.nextTry().isAfter(latest) ? backOff.dueAt(now) : backOff;
  }

  private BackOff unreadable(HnUnit unit, String kind) {
    String cause = path(unit, kind) + " cannot be read; `hnvf failback hn" + unit + "` clears it";
    return new BackOff(
        BackOff.Kind.BY_CAUSE, cause, 1, timer.now().plus(AFTER_UNREADABLE), ImmutableList.of());
  }

  /** Stores the back-off of a pair durably. */
  public void backOff(HnUnit unit, BackOff backOff) throws SystemException {
    files.write(path(unit, "backoff"), BackOffText.format(backOff));
  }

  /** Deletes the back-off of a pair. */
  public void endBackOff(HnUnit unit) throws SystemException {
    files.delete(path(unit, "backoff"));
  }

  /** Returns the end of the VF's delay, if one was started. */
  public Optional<Instant> delayEnds(HnUnit unit) throws SystemException {
    return files.read(path(unit, "delay")).flatMap(text -> DelayText.end(text, timer.now()));
  }

  /** Starts the delay of the pair's VF, again if one is running. */
  public void startDelay(HnUnit unit, Instant end) throws SystemException {
    files.write(path(unit, "delay"), DelayText.format(end, timer.now()));
  }

  /** Deletes the delay: the VF is up, or gone. */
  public void endDelay(HnUnit unit) throws SystemException {
    files.delete(path(unit, "delay"));
  }

  /** Returns whether an override script has run since the pair's VF came up. */
  public boolean hasScriptRun(HnUnit unit) {
    return files.exists(path(unit, "script"));
  }

  /** Stores that an override script has run. */
  public void noteScript(HnUnit unit) throws SystemException {
    files.write(path(unit, "script"), timer.now() + "\n");
  }

  /** Deletes that entry: the VF is down, or gone. */
  public void forgetScript(HnUnit unit) throws SystemException {
    files.delete(path(unit, "script"));
  }

  /** Returns whether the pair's VF came up before the host had switched the data path to it. */
  public boolean isUnproven(HnUnit unit) {
    return files.exists(ofBoot(unit, "unproven"));
  }

  /** Stores that the traffic of the pair's VF has not been checked yet. */
  public void noteUnproven(HnUnit unit) throws SystemException {
    files.write(ofBoot(unit, "unproven"), timer.now() + "\n");
  }

  /** Deletes that entry: the traffic was checked, or the VF is down, or gone. */
  public void forgetUnproven(HnUnit unit) throws SystemException {
    files.delete(ofBoot(unit, "unproven"));
  }

  /** Returns the override script that did not finish in this boot, if there is one. */
  public Optional<HalfDoneScript> halfDone(HnUnit unit) throws SystemException {
    return files.read(ofBoot(unit, "halfdone")).map(HalfDoneText::parse);
  }

  /** Stores that an override script did not finish. */
  public void halfDone(HnUnit unit, HalfDoneScript script) throws SystemException {
    files.write(ofBoot(unit, "halfdone"), HalfDoneText.format(script));
  }

  /** Deletes that entry: its remains were removed, or the script has run since. */
  public void forgetHalfDone(HnUnit unit) throws SystemException {
    files.delete(ofBoot(unit, "halfdone"));
  }

  /** Returns the last times when the pair's VF came up; invalid lines are skipped. */
  public ImmutableList<Instant> ups(HnUnit unit) throws SystemException {
    return files
        .read(path(unit, "ups"))
        .map(
            text ->
                text.lines()
                    .flatMap(line -> TimeText.parse(line.strip()).stream())
                    .collect(ImmutableList.toImmutableList()))
        .orElse(ImmutableList.of());
  }

  /** Stores that the pair's VF has just come up. */
  public void noteUp(HnUnit unit) throws SystemException {
    Stream<Instant> last = Stream.concat(ups(unit).stream(), Stream.of(timer.now()));
    ImmutableList<String> lines =
        last.map(Instant::toString).collect(ImmutableList.toImmutableList());
    files.write(
        path(unit, "ups"),
        String.join("\n", lines.subList(Math.max(0, lines.size() - UPS), lines.size())) + "\n");
  }

  /**
   * Returns the lagg that hnvf created for this pair, if that was stored: it belongs to the pair
   * even while hn is not its port. After a reboot another owner's lagg may have the name.
   */
  public Optional<InterfaceName> lagg(HnUnit unit) throws SystemException {
    return files.read(ofBoot(unit, "lagg")).map(String::strip).flatMap(InterfaceName::of);
  }

  /** Returns all stored laggs, even of an hn that no longer exists. */
  public ImmutableSortedMap<HnUnit, InterfaceName> laggs() throws SystemException {
    ImmutableSortedMap.Builder<HnUnit, InterfaceName> all = ImmutableSortedMap.naturalOrder();
    for (String file : files.list(BOOT)) {
      if (file.endsWith(".lagg")) {
        Optional<HnUnit> unit =
            InterfaceName.of(file.substring(0, file.length() - ".lagg".length()))
                .flatMap(InterfaceName::hnUnit);
        if (unit.isPresent()) {
          lagg(unit.get()).ifPresent(made -> all.put(unit.get(), made));
        }
      }
    }
    return all.buildOrThrow();
  }

  /** Stores the lagg that is about to be created for this pair. */
  public void lagg(HnUnit unit, InterfaceName lagg) throws SystemException {
    files.write(ofBoot(unit, "lagg"), lagg + "\n");
  }

  /** Deletes that entry: the lagg is gone. */
  public void forgetLagg(HnUnit unit) throws SystemException {
    files.delete(ofBoot(unit, "lagg"));
  }

  /**
   * Takes the lock of a pair: one workflow at a time, across processes.
   *
   * @param purpose the purpose, for the message to a process that is refused
   * @param patience how long to wait for another process
   * @throws SystemException (busy) if another process keeps it
   */
  public DurableFiles.Lock lock(HnUnit unit, String purpose, Duration patience)
      throws SystemException {
    String path = ofBoot(unit, "lock");
    Instant deadline = timer.now().plus(patience);
    while (true) {
      Optional<DurableFiles.Lock> lock = files.tryLock(path, purpose);
      if (lock.isPresent()) {
        return lock.get();
      }
      if (!timer.now().isBefore(deadline)) {
        throw SystemException.busy(
            "hn"
                + unit
                + " is locked by another hnvf process ("
                + files.read(path).map(String::strip).filter(t -> !t.isEmpty()).orElse("unknown")
                + "); nothing was changed, try again");
      }
      try {
        timer.sleep(LOCK_POLL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw SystemException.busy("interrupted while waiting for the lock of hn" + unit);
      }
    }
  }

  /** Takes the lock of a pair if it is free. */
  public Optional<DurableFiles.Lock> tryLock(HnUnit unit, String purpose) throws SystemException {
    return files.tryLock(ofBoot(unit, "lock"), purpose);
  }

  /**
   * Returns whether the lock of a pair is taken, for display. This keeps no process from the lock.
   */
  public boolean isLocked(HnUnit unit) throws SystemException {
    return files.isLocked(ofBoot(unit, "lock"));
  }

  /**
   * Requests one more reconciliation from the holder of the pair's lock. Call {@link #tryLock}
   * afterwards: the holder checks for requests after it has released the lock, so one of the two
   * processes sees the request.
   *
   * @param why a word; the last one is kept
   */
  public void askAgain(HnUnit unit, String why) throws SystemException {
    files.write(ofBoot(unit, "again"), why + "\n");
  }

  /** Returns the word of a request; {@link #answer} deletes it. */
  public Optional<String> asked(HnUnit unit) throws SystemException {
    return files.read(ofBoot(unit, "again")).map(String::strip);
  }

  /** Deletes the requests so far: the pair is about to be reconciled under its lock. */
  public void answer(HnUnit unit) throws SystemException {
    files.delete(ofBoot(unit, "again"));
  }

  private static String ofBoot(HnUnit unit, String kind) {
    return BOOT + "/hn" + unit + "." + kind;
  }

  private static String path(HnUnit unit, String kind) {
    return DIRECTORY + "/hn" + unit + "." + kind;
  }
}

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
import org.hnvf.model.SystemException;

/**
 * What is kept of each pair between runs, in small files of text keyed by the pair's unit: the
 * operator's word, the back-off, the end of its VF's delay, when its VF was brought up, the lagg
 * that was made for it, and its lock. It outlives restart, reboot and re-attach.
 */
public final class PairStore {

  /** Where the files are: root's alone, mode 0700. */
  public static final String DIRECTORY = OwnDirectories.STATE;

  /** What is of this boot only: rc.d/cleanvar empties /var/run. */
  private static final String BOOT = OwnDirectories.RUN;

  private static final int UPS = 16;
  private static final Duration AFTER_UNREADABLE = Duration.ofHours(1);
  private static final Duration LOCK_POLL = Duration.ofMillis(50);

  private final DurableFiles files;
  private final Timer timer;
  private final UnstoredWords unstored;

  /** A store in the guest of {@code files}. */
  public PairStore(DurableFiles files, Timer timer) {
    this(files, timer, new UnstoredWords());
  }

  /** The same, where others in this process look at the guest, too. */
  public PairStore(DurableFiles files, Timer timer, UnstoredWords unstored) {
    this.files = files;
    this.timer = timer;
    this.unstored = unstored;
  }

  /**
   * What the operator said of a pair; AUTO where nothing was stored, where the time of a pin is
   * over, and where it cannot be read: then {@link #backOff} keeps the VF down.
   */
  public OperatorWord word(HnUnit unit) throws SystemException {
    Instant now = timer.now();
    Optional<OperatorWord> kept = unstored.of(unit).map(UnstoredWords.Unstored::word);
    return (kept.isPresent() ? kept : files.read(path(unit, "word")).flatMap(WordText::parse))
        .filter(word -> !(word instanceof OperatorWord.Pinned pinned && pinned.isOver(now)))
        .orElse(new OperatorWord.Auto());
  }

  /** Stores what the operator said of a pair, durably. */
  public void word(HnUnit unit, OperatorWord word) throws SystemException {
    if (word instanceof OperatorWord.Auto) {
      files.delete(path(unit, "word"));
    } else {
      files.write(path(unit, "word"), WordText.format(word));
    }
    unstored.forget(unit);
  }

  /**
   * Keeps what the operator said of a pair for as long as this process lives.
   *
   * @param why why it could not be stored
   */
  public void keepUnstored(HnUnit unit, OperatorWord word, String why) {
    unstored.keep(unit, new UnstoredWords.Unstored(word, why));
  }

  /** Why the operator's word that holds now is not stored; empty where it is. */
  public Optional<String> unstored(HnUnit unit) {
    return unstored.of(unit).map(UnstoredWords.Unstored::why);
  }

  /** Stores what could not be stored when it was said, where that can be done by now. */
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
   * The back-off of a pair. Where it or the operator's word cannot be read there is one that does
   * not end: the guest is reachable over hn with the VF down, and a word that may have been "no" is
   * not overridden.
   */
  public Optional<BackOff> backOff(HnUnit unit) throws SystemException {
    Optional<String> word = files.read(path(unit, "word"));
    if (word.isPresent() && word.flatMap(WordText::parse).isEmpty()) {
      return Optional.of(unreadable(unit, "word"));
    }
    return files
        .read(path(unit, "backoff"))
        .map(text -> BackOffText.parse(text).orElseGet(() -> unreadable(unit, "backoff")));
  }

  private BackOff unreadable(HnUnit unit, String kind) {
    String cause = path(unit, kind) + " cannot be read; `hnvf failback hn" + unit + "` clears it";
    return new BackOff(
        BackOff.Kind.BY_CAUSE, cause, 1, timer.now().plus(AFTER_UNREADABLE), ImmutableList.of());
  }

  /** Stores the back-off of a pair, durably. */
  public void backOff(HnUnit unit, BackOff backOff) throws SystemException {
    files.write(path(unit, "backoff"), BackOffText.format(backOff));
  }

  /** Ends the back-off of a pair. */
  public void endBackOff(HnUnit unit) throws SystemException {
    files.delete(path(unit, "backoff"));
  }

  /** When the delay of the pair's VF ends, where one has been started. */
  public Optional<Instant> delayEnds(HnUnit unit) throws SystemException {
    return files.read(path(unit, "delay")).flatMap(text -> TimeText.parse(text.strip()));
  }

  /** Starts the delay of the pair's VF, anew where one is running. */
  public void startDelay(HnUnit unit, Instant end) throws SystemException {
    files.write(path(unit, "delay"), end + "\n");
  }

  /** Forgets the delay: the VF is up, or gone. */
  public void endDelay(HnUnit unit) throws SystemException {
    files.delete(path(unit, "delay"));
  }

  /** Whether an administrator's script has done its work since the pair's VF is up. */
  public boolean hasScriptRun(HnUnit unit) {
    return files.exists(path(unit, "script"));
  }

  /** Notes that an administrator's script has done its work. */
  public void noteScript(HnUnit unit) throws SystemException {
    files.write(path(unit, "script"), timer.now() + "\n");
  }

  /** Forgets it: the VF is down, or gone. */
  public void forgetScript(HnUnit unit) throws SystemException {
    files.delete(path(unit, "script"));
  }

  /** Whether the pair's VF came up before the host had switched the data path to it. */
  public boolean isUnproven(HnUnit unit) {
    return files.exists(ofBoot(unit, "unproven"));
  }

  /** Notes that nobody has seen yet whether the pair's VF passes traffic. */
  public void noteUnproven(HnUnit unit) throws SystemException {
    files.write(ofBoot(unit, "unproven"), timer.now() + "\n");
  }

  /** Forgets it: somebody has seen it, or the VF is down, or gone. */
  public void forgetUnproven(HnUnit unit) throws SystemException {
    files.delete(ofBoot(unit, "unproven"));
  }

  /** The administrator's script that did not come to its end in this boot, if there is one. */
  public Optional<HalfDoneScript> halfDone(HnUnit unit) throws SystemException {
    return files.read(ofBoot(unit, "halfdone")).map(HalfDoneText::parse);
  }

  /** Notes that an administrator's script did not come to its end. */
  public void halfDone(HnUnit unit, HalfDoneScript script) throws SystemException {
    files.write(ofBoot(unit, "halfdone"), HalfDoneText.format(script));
  }

  /** Forgets it: what it left has been cleaned up, or the script has done its work since. */
  public void forgetHalfDone(HnUnit unit) throws SystemException {
    files.delete(ofBoot(unit, "halfdone"));
  }

  /** When the pair's VF was brought up, the last times; what is no time is passed over. */
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

  /** Notes that the pair's VF has just been brought up. */
  public void noteUp(HnUnit unit) throws SystemException {
    Stream<Instant> last = Stream.concat(ups(unit).stream(), Stream.of(timer.now()));
    ImmutableList<String> lines =
        last.map(Instant::toString).collect(ImmutableList.toImmutableList());
    files.write(
        path(unit, "ups"),
        String.join("\n", lines.subList(Math.max(0, lines.size() - UPS), lines.size())) + "\n");
  }

  /**
   * The lagg that hnvf made for this pair, as far as it was noted: it is the pair's also while hn
   * is not in it. Another boot may give the name to somebody else's.
   */
  public Optional<InterfaceName> lagg(HnUnit unit) throws SystemException {
    return files.read(ofBoot(unit, "lagg")).map(String::strip).flatMap(InterfaceName::of);
  }

  /** All of them: also of an hn that the host has taken away since. */
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

  /** Notes the lagg that is about to be made for this pair. */
  public void lagg(HnUnit unit, InterfaceName lagg) throws SystemException {
    files.write(ofBoot(unit, "lagg"), lagg + "\n");
  }

  /** Forgets it: it is gone. */
  public void forgetLagg(HnUnit unit) throws SystemException {
    files.delete(ofBoot(unit, "lagg"));
  }

  /**
   * Takes the lock of a pair: one workflow at a time, across processes.
   *
   * @param purpose what for, for the message of whoever is refused
   * @param patience how long to wait for whoever has it
   * @throws SystemException (busy) where it was not to be had
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

  /** Takes the lock of a pair if nobody has it. */
  public Optional<DurableFiles.Lock> tryLock(HnUnit unit, String purpose) throws SystemException {
    return files.tryLock(ofBoot(unit, "lock"), purpose);
  }

  /**
   * Asks whoever has the lock of a pair to look at it once more. To be followed by {@link
   * #tryLock}: who has the lock looks for this after giving it back, so that either the one or the
   * other sees it.
   *
   * @param why a word; of several the last one stays
   */
  public void askAgain(HnUnit unit, String why) throws SystemException {
    files.write(ofBoot(unit, "again"), why + "\n");
  }

  /** Whether somebody has asked, and why; it is forgotten by {@link #answer}. */
  public Optional<String> asked(HnUnit unit) throws SystemException {
    return files.read(ofBoot(unit, "again")).map(String::strip);
  }

  /** The pair is about to be looked at under its lock: whoever asked until now is answered. */
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

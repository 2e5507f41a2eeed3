package org.hnvf.daemon;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.hnvf.exec.DurableFiles;
import org.hnvf.exec.LineSource;
import org.hnvf.exec.OwnDirectories;
import org.hnvf.model.HnUnit;
import org.hnvf.model.PairState;
import org.hnvf.model.PairStatus;
import org.hnvf.model.SystemException;

/**
 * Writes the file that tells the event script that this daemon reads devd's socket itself. While
 * the file exists and its process lives, the script starts no process for an event.
 *
 * <p>The file has two lines: the process id, and the names of the VFs, and of the hns that are
 * ports, for which the base system's own actions are suppressed; hnvf's own laggs are stored
 * separately. The file exists from the first line of devd, which shows that devd has accepted the
 * connection, until the socket ends, and while no reconciliation is hung. devd writes an event to
 * its socket before it runs the script (sbin/devd/devd.cc), so an event that the script left to
 * this daemon is in the socket when the file is deleted.
 */
public final class Readiness implements AutoCloseable {

  /** The path of the file. */
  public static final String FILE = OwnDirectories.RUN + "/ready";

  private final DurableFiles files;
  private final long pid;
  private final FactLog log;

  private boolean connected;
  private boolean live = true;
  private boolean closed;
  private final Map<HnUnit, ImmutableSet<String>> suppressed = new TreeMap<>();
  private Optional<String> written = Optional.empty();

  /** The content that could not be written; it is not tried again, because the disk may be full. */
  private Optional<String> refused = Optional.empty();

  private boolean undeletable;

  /**
   * Creates it without a file.
   *
   * @param pid the process id of this daemon
   */
  public Readiness(DurableFiles files, long pid, FactLog log) {
    this.files = files;
    this.pid = pid;
    this.log = log;
  }

  /** Deletes a file that a dead daemon left. Call it only while no other daemon runs. */
  public synchronized void begin() {
    boolean unused = take();
  }

  /** Returns the source; while it is open, this daemon reads devd. */
  public LineSource connectedBy(LineSource devd) {
    return () -> new Heard(devd.open());
  }

  private final class Heard implements LineSource.Lines {

    private final LineSource.Lines lines;
    private boolean heard;

    Heard(LineSource.Lines lines) {
      this.lines = lines;
    }

    /** devd serves its clients between two actions, so a connected socket is not yet accepted. */
    @Override
    public Optional<String> next() throws IOException {
      Optional<String> line = lines.next();
      if (line.isPresent() && !heard) {
        heard = true;
        connected(true);
      }
      return line;
    }

    @Override
    public String ending() {
      return lines.ending();
    }

    @Override
    public void close() {
      connected(false);
      lines.close();
    }
  }

  private synchronized void connected(boolean now) {
    connected = now;
    show();
  }

  /** Sets whether no reconciliation is hung. */
  synchronized void live(boolean now) {
    live = now;
    show();
  }

  /** Updates the names of a pair. */
  synchronized void seen(PairStatus status) {
    suppressed.put(status.pair().unit(), suppressed(status));
    show();
  }

  /** Removes a pair that is gone. */
  synchronized void gone(HnUnit unit) {
    suppressed.remove(unit);
    show();
  }

  /**
   * Returns the names to suppress. An hn outside a lagg holds its own configuration, and the base
   * system's actions apply to it.
   */
  private static ImmutableSet<String> suppressed(PairStatus status) {
    ImmutableSet.Builder<String> names = ImmutableSet.builder();
    if (status.state() != PairState.TRANSPARENT) {
      status.pair().vf().ifPresent(vf -> names.add(vf.value()));
      // The lagg may be the administrator's, to which the base system's actions apply.
      status.pair().lagg().ifPresent(lagg -> names.add(status.pair().hn().value()));
    }
    return names.build();
  }

  /** Deletes the file: the event script no longer relies on this daemon. */
  @Override
  public synchronized void close() {
    closed = true;
    show();
  }

  private void show() {
    Optional<String> text =
        connected && live && !closed ? Optional.of(pid + "\n" + names() + "\n") : Optional.empty();
    boolean hopeless = text.isPresent() && text.equals(refused) && written.isEmpty();
    if (text.equals(written) || hopeless) {
      return;
    }
    if (text.isPresent() && write(text)) {
      written = text;
      refused = Optional.empty();
      return;
    }
    refused = text;
    if (take()) {
      // A list that could not be written again would be wrong.
      written = Optional.empty();
    }
  }

  private String names() {
    return suppressed.values().stream().flatMap(Set::stream).sorted().collect(joining(" "));
  }

  private boolean write(Optional<String> text) {
    try {
      files.write(FILE, text.orElseThrow());
      return true;
    } catch (SystemException e) {
      if (!text.equals(refused)) {
        log.log(
            Weight.FAULT,
            "daemon",
            "the ready file could not be written, so devd starts one more process "
                + "for each event: "
                + e.getMessage());
      }
      return false;
    }
  }

  /** Deletes the file. A failure is reported once, and the deletion is tried again each time. */
  private boolean take() {
    try {
      files.delete(FILE);
      undeletable = false;
      return true;
    } catch (SystemException e) {
      if (!undeletable) {
        log.log(
            Weight.FAULT,
            "daemon",
            "the ready file could not be removed, so events may be left to a daemon "
                + "that has stopped: "
                + e.getMessage());
      }
      undeletable = true;
      return false;
    }
  }
}

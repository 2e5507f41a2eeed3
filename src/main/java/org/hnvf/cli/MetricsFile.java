package org.hnvf.cli;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.hnvf.daemon.FactLog;
import org.hnvf.daemon.StatusListener;
import org.hnvf.daemon.Weight;
import org.hnvf.exec.SharedFile;
import org.hnvf.exec.Timer;
import org.hnvf.journal.Counts;
import org.hnvf.model.HnUnit;
import org.hnvf.model.PairStatus;
import org.hnvf.model.Settings;
import org.hnvf.report.MetricsView;

/**
 * The file of the daemon's metrics. It shows the last look at each pair, so its times stand still
 * if looks do. A failure is logged once, and changes nothing else.
 */
final class MetricsFile implements StatusListener {

  private final Path root;
  private final Timer timer;
  private final Counts counts;
  private final FactLog log;
  private final Semaphore changes = new Semaphore(0);
  private final Map<HnUnit, Seen> pairs = new TreeMap<>();
  private Settings settings = Settings.DEFAULTS;

  /** The last failure; only the thread that writes uses it. */
  private String told = "";

  /** The last look at a pair. */
  private record Seen(PairStatus status, Instant at) {}

  /** The text depends on these. */
  private record Content(Settings settings, ImmutableList<Seen> pairs) {}

  MetricsFile(Path root, Timer timer, Counts counts, FactLog log) {
    this.root = root;
    this.timer = timer;
    this.counts = counts;
    this.log = log;
  }

  synchronized void settings(Settings others) {
    settings = others;
    changes.release();
  }

  @Override
  public synchronized void seen(PairStatus status) {
    pairs.put(status.pair().unit(), new Seen(status, timer.now()));
    changes.release();
  }

  @Override
  public synchronized void gone(HnUnit unit) {
    pairs.remove(unit);
    changes.release();
  }

  /** Waits for a change since the last call, or this time. */
  void awaitChange(Duration most) throws InterruptedException {
    boolean unused = changes.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS);
    changes.drainPermits();
  }

  /** Returns whether the settings name a file. */
  synchronized boolean isWanted() {
    return settings.reporting().metricsFile().isPresent();
  }

  /** Writes the file if the settings name one, and a look has ended. */
  void write() {
    Content content = content();
    Optional<String> name = content.settings().reporting().metricsFile();
    if (name.isEmpty() || content.pairs().isEmpty()) {
      return;
    }
    SharedFile file = new SharedFile(root.resolve(name.get().substring(1)));
    try {
      file.write(text(content));
      if (!told.isEmpty()) {
        log.log(Weight.OUTCOME, "daemon", "the metrics are written again to " + file.path());
      }
      told = "";
    } catch (IOException | RuntimeException e) {
      String failure = e.toString();
      if (!failure.equals(told)) {
        told = failure;
        log.log(
            Weight.FAULT,
            "daemon",
            "cannot write the metrics to "
                + file.path()
                + "; hnvf keeps trying, and nothing else changes: "
                + failure);
      }
    }
  }

  private synchronized Content content() {
    return new Content(settings, ImmutableList.copyOf(pairs.values()));
  }

  private String text(Content content) {
    return MetricsView.text(
        Version.number(),
        content.settings().lookEvery(),
        content.pairs().stream()
            .map(
                pair ->
                    new MetricsView.Shown(
                        pair.status(), pair.at(), counts.of(pair.status().pair().unit())))
            .collect(ImmutableList.toImmutableList()));
  }
}

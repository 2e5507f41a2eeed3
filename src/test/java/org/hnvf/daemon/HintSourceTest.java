package org.hnvf.daemon;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hnvf.exec.LineSource;
import org.hnvf.exec.Timer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Something that stays is listened to for as long as the daemon does. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class HintSourceTest {

  private static final HintSource.Pauses PAUSES =
      new HintSource.Pauses(Duration.ofSeconds(1), Duration.ofSeconds(8));

  private final List<String> heard = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private final List<Duration> slept = new ArrayList<>();
  private int missed;
  private int sleeps = 7;
  private Instant now = Instant.parse("2026-11-26T12:00:00Z");

  /** Time that passes at once; after this many pauses the thread is interrupted, as by a close. */
  private final Timer timer =
      new Timer() {
        @Override
        public Instant now() {
          return now;
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
          slept.add(duration);
          now = now.plus(duration);
          if (slept.size() >= sleeps) {
            throw new InterruptedException();
          }
        }
      };

  private HintSource source(LineSource source) {
    return new HintSource(
        "monitor",
        source,
        line -> {
          if (line.equals("bug")) {
            throw new IllegalStateException("a bug");
          }
          heard.add(line);
        },
        () -> missed++,
        PAUSES,
        timer,
        (weight, about, text) -> log.add(weight + " " + text));
  }

  /** Runs it to its end on this thread. */
  private void run(LineSource source) {
    source(source).run();
    assertThat(Thread.interrupted()).isEqualTo(!slept.isEmpty());
  }

  private LineSource.Lines lines(Duration length, String... all) {
    Deque<String> left = new ArrayDeque<>(ImmutableList.copyOf(all));
    return new LineSource.Lines() {
      @Override
      public Optional<String> next() {
        if (left.isEmpty()) {
          now = now.plus(length);
        }
        return Optional.ofNullable(left.poll());
      }

      @Override
      public String ending() {
        return "exit 1";
      }

      @Override
      public void close() {}
    };
  }

  @Test
  void whatEndsIsBegunAgainAfterAPauseThatGrows() {
    run(() -> lines(Duration.ZERO, "a", "b"));
    assertThat(slept.stream().map(Duration::toSeconds).toList())
        .containsExactly(1L, 2L, 4L, 8L, 8L, 8L, 8L)
        .inOrder();
    assertThat(heard).hasSize(14);
    assertThat(missed).isEqualTo(6);
    assertThat(log).hasSize(7);
    assertThat(log.get(0))
        .isEqualTo("FAULT monitor ended (exit 1); hnvf starts it again in 1000 ms");
    assertThat(log.stream().skip(1).allMatch(line -> line.startsWith("DETAIL"))).isTrue();
  }

  @Test
  void oneThatHasLastedIsBegunAgainSoon() {
    int[] opened = {0};
    run(() -> lines(opened[0]++ == 3 ? Duration.ofSeconds(8) : Duration.ZERO));
    assertThat(slept.stream().map(Duration::toSeconds).toList())
        .containsExactly(1L, 2L, 4L, 1L, 2L, 4L, 8L)
        .inOrder();
    assertThat(log.stream().filter(line -> line.startsWith("FAULT")).toList()).hasSize(2);
  }

  @Test
  void oneThatCannotBeBegunNowIsTriedAgain() {
    sleeps = 2;
    run(
        () -> {
          throw new IOException("too many processes");
        });
    assertThat(slept).hasSize(2);
    assertThat(missed).isEqualTo(0);
    assertThat(log.get(0)).contains("too many processes");
  }

  @Test
  void oneThatIsNotThereIsToldOnceAndNotTriedAgain() {
    run(
        () -> {
          throw new NoSuchFileException("route");
        });
    assertThat(slept).isEmpty();
    assertThat(log)
        .containsExactly("FAULT monitor is not available (route); hnvf receives no events from it");
  }

  @Test
  void aBugInWhatIsMadeOfALineIsOutlived() {
    sleeps = 2;
    run(() -> lines(Duration.ZERO, "bug", "lost"));
    assertThat(log.get(0)).contains("a bug");
    assertThat(slept).hasSize(2);
  }

  @Test
  void itEndsWhenItIsClosed() throws Exception {
    CountDownLatch opened = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    HintSource source =
        source(
            () ->
                new LineSource.Lines() {
                  @Override
                  public Optional<String> next() {
                    opened.countDown();
                    boolean ended = false;
                    while (!ended) {
                      try {
                        ended = closed.await(1, TimeUnit.MINUTES);
                      } catch (InterruptedException e) {
                        // As one that reads from a pipe: it hears nothing of that.
                      }
                    }
                    return Optional.empty();
                  }

                  @Override
                  public String ending() {
                    return "closed";
                  }

                  @Override
                  public void close() {
                    closed.countDown();
                  }
                });
    Thread thread = new Thread(source);
    thread.start();
    opened.await();
    source.close();
    thread.join();
    assertThat(log).isEmpty();
    assertThat(slept).isEmpty();
  }
}

package org.hnvf.exec;

import static com.google.common.truth.Truth.assertThat;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;

/** The races of a dying tree, which real processes do not have at command. */
final class ProcessTreeTest {

  /** So many rounds that none of these tests comes to the last one. */
  private static final Duration GRACE = Duration.ofMinutes(10);

  private static final Duration SHORT = Duration.ofMillis(20);

  @Test
  void parentIsKilledBeforeItsChildren() {
    ProcessHandle child = process(11);
    ProcessHandle root = process(10, child);

    assertThat(ProcessTree.kill(root, GRACE)).isEmpty();

    InOrder order = inOrder(root, child);
    order.verify(root).destroyForcibly();
    order.verify(child).destroyForcibly();
  }

  @Test
  void descendantsAreListedWhileTheParentLives() {
    ProcessHandle child = process(11);
    ProcessHandle root = process(10, child);

    assertThat(ProcessTree.kill(root, GRACE)).isEmpty();

    InOrder order = inOrder(root);
    order.verify(root).descendants();
    order.verify(root).children();
    order.verify(root).destroyForcibly();
  }

  @Test
  void childThatCameAfterTheListingIsKilled() {
    ProcessHandle grandchild = process(12);
    ProcessHandle late = process(11, grandchild);
    ProcessHandle root = process(10);
    when(root.children()).thenAnswer(call -> Stream.of(late));

    assertThat(ProcessTree.kill(root, GRACE)).isEmpty();

    verify(late).destroyForcibly();
    verify(grandchild).destroyForcibly();
  }

  @Test
  void childThatCameWhileItsParentWasDyingIsKilledInTheNextRound() {
    ProcessHandle late = process(12);
    ProcessHandle slow = process(11);
    when(slow.isAlive()).thenReturn(true, true, false);
    when(slow.children()).thenAnswer(call -> Stream.of()).thenAnswer(call -> Stream.of(late));
    ProcessHandle root = process(10, slow);

    assertThat(ProcessTree.kill(root, GRACE)).isEmpty();

    verify(late).destroyForcibly();
  }

  @Test
  void processThatDoesNotGoIsToldAfterTheGrace() {
    ProcessHandle stuck = process(11);
    when(stuck.isAlive()).thenReturn(true);
    ProcessHandle root = process(10, stuck);

    assertThat(ProcessTree.kill(root, SHORT)).containsExactly(11L);
  }

  @Test
  void zombieIsNotWaitedFor() {
    ProcessHandle zombie = process(11);
    when(zombie.isAlive()).thenReturn(true);
    when(zombie.info().command()).thenReturn(Optional.empty());
    ProcessHandle root = process(10, zombie);

    assertThat(ProcessTree.kill(root, GRACE)).isEmpty();
  }

  @Test
  void strangersAreLeftAlone() {
    ProcessHandle stranger = process(99);
    ProcessHandle root = process(10);

    assertThat(ProcessTree.kill(root, GRACE)).isEmpty();

    verify(stranger, never()).destroyForcibly();
  }

  /** A process that dies of the first SIGKILL. */
  private static ProcessHandle process(long pid, ProcessHandle... children) {
    ProcessHandle process = mock(ProcessHandle.class);
    AtomicBoolean alive = new AtomicBoolean(true);
    when(process.pid()).thenReturn(pid);
    when(process.isAlive()).thenAnswer(call -> alive.get());
    ProcessHandle.Info info = mock(ProcessHandle.Info.class);
    when(info.command()).thenReturn(Optional.of("/bin/sh"));
    when(process.info()).thenReturn(info);
    when(process.destroyForcibly()).thenAnswer(call -> alive.getAndSet(false));
    when(process.children()).thenAnswer(call -> alive.get() ? Stream.of(children) : Stream.of());
    when(process.descendants())
        .thenAnswer(
            call ->
                Arrays.stream(children).flatMap(c -> Stream.concat(Stream.of(c), c.descendants())));
    return process;
  }
}

package org.hnvf.exec;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.Optional;
import org.hnvf.exec.DurableFiles.Lock;
import org.hnvf.model.SystemException;
import org.jspecify.annotations.Nullable;

/**
 * Another process that wants a lock, or asks for it. Arguments: the root, and one of these:
 *
 * <ul>
 *   <li>{@code hold}: takes the lock, and keeps it until killed or until its input ends
 *   <li>{@code try}: the same, and ends at once
 *   <li>{@code whole}: locks the whole file, and keeps the lock
 *   <li>{@code ask}: only asks, and ends at once
 *   <li>{@code ask-and-stop}: stops in the middle of asking
 * </ul>
 *
 * <p>Says {@code locked}, {@code refused}, {@code free} or {@code asking}.
 */
final class LockingProcess {

  private LockingProcess() {}

  public static void main(String[] args) throws SystemException, IOException {
    Path root = Path.of(args[0]);
    switch (args[1]) {
      case "hold", "try" -> {
        Optional<Lock> lock =
            new NioDurableFiles(root).tryLock("/0.lock", "purpose of the other process");
        System.out.println(lock.isPresent() ? "locked" : "refused");
        if (args[1].equals("hold")) {
          System.in.read();
        }
      }
      case "ask" ->
          System.out.println(new NioDurableFiles(root).isLocked("/0.lock") ? "locked" : "free");
      case "ask-and-stop" -> keep(root, 1, 1, true, "asking");
      case "whole" -> keep(root, 0, Long.MAX_VALUE, false, "locked");
      default -> throw new IllegalArgumentException(args[1]);
    }
  }

  private static void keep(Path root, long from, long size, boolean shared, String word)
      throws IOException {
    try (FileChannel channel = FileChannel.open(root.resolve("0.lock"), READ, WRITE)) {
      @Nullable FileLock lock = channel.tryLock(from, size, shared);
      System.out.println(lock == null ? "refused" : word);
      if (lock != null) {
        System.in.read();
      }
    }
  }
}

package org.hnvf.exec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.hnvf.exec.DurableFiles.Lock;
import org.hnvf.model.SystemException;

/**
 * Another process that wants a lock. Arguments: the root; {@code hold} to keep it until killed or
 * until its input ends, {@code try} to end at once. Says {@code locked} or {@code refused}.
 */
final class LockingProcess {

  private LockingProcess() {}

  public static void main(String[] args) throws SystemException, IOException {
    Optional<Lock> lock =
        new NioDurableFiles(Path.of(args[0])).tryLock("/0.lock", "purpose of the other process");
    System.out.println(lock.isPresent() ? "locked" : "refused");
    if (args[1].equals("hold")) {
      System.in.read();
    }
  }
}

package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableList;
import java.util.Map;
import java.util.Optional;
import org.hnvf.exec.DurableFiles;
import org.hnvf.model.SystemException;

/**
 * The files of one process of hnvf: changes of them may go wrong, and a lock that another process
 * has is not to be had.
 */
final class FaultyFiles implements DurableFiles {

  /** Who is to be troubled. */
  @FunctionalInterface
  interface Fate {
    Optional<Fault.Kind> of(String change);
  }

  /** A change of a file. */
  @FunctionalInterface
  private interface Change {
    void make() throws SystemException;
  }

  private final DurableFiles files;
  private final Fate fate;
  private final Map<String, Object> kernelLocks;
  private final Life life;

  /**
   * The files of one process.
   *
   * @param kernelLocks the locks of all processes on this guest, by the file's path
   * @param life whether the process lives: a dead one does nothing to any file
   */
  FaultyFiles(DurableFiles files, Fate fate, Map<String, Object> kernelLocks, Life life) {
    this.files = files;
    this.fate = fate;
    this.kernelLocks = kernelLocks;
    this.life = life;
  }

  @Override
  public Optional<String> read(String path) throws SystemException {
    life.check();
    return files.read(path);
  }

  @Override
  public Optional<String> readThroughLinks(String path) throws SystemException {
    life.check();
    return files.readThroughLinks(path);
  }

  @Override
  public boolean exists(String path) {
    life.check();
    return files.exists(path);
  }

  @Override
  public ImmutableList<String> list(String directory) throws SystemException {
    life.check();
    return files.list(directory);
  }

  @Override
  public void write(String path, String text) throws SystemException {
    change("write " + path, () -> files.write(path, text));
  }

  @Override
  public void append(String path, String text) throws SystemException {
    life.check();
    Optional<Fault.Kind> wrong = fate.of("add to " + path);
    if (wrong.filter(Fault.Kind.TORN::equals).isPresent()) {
      files.append(path, text.substring(0, text.length() / 2));
      throw life.endedBy(new KilledError("while adding to " + path));
    }
    change("add to " + path, wrong, () -> files.append(path, text));
  }

  @Override
  public String setAside(String path) throws SystemException {
    change("set aside " + path, () -> {});
    return files.setAside(path);
  }

  @Override
  public void rename(String path, String target) throws SystemException {
    change("rename " + path + " to " + target, () -> files.rename(path, target));
  }

  @Override
  public long size(String path) throws SystemException {
    life.check();
    return files.size(path);
  }

  @Override
  public void requirePrivate(String path) throws SystemException {
    life.check();
    files.requirePrivate(path);
  }

  @Override
  public void delete(String path) throws SystemException {
    life.check();
    if (files.exists(path)) {
      change("delete " + path, () -> files.delete(path));
    }
  }

  @Override
  public Optional<Lock> tryLock(String path, String purpose) throws SystemException {
    life.check();
    Object other = kernelLocks.get(path);
    if (other != null && other != this) {
      return Optional.empty();
    }
    Optional<Lock> lock = files.tryLock(path, purpose);
    if (lock.isEmpty()) {
      return lock;
    }
    kernelLocks.put(path, this);
    return Optional.of(
        () -> {
          kernelLocks.remove(path);
          lock.get().close();
        });
  }

  @Override
  public boolean isLocked(String path) throws SystemException {
    life.check();
    return kernelLocks.containsKey(path) || files.isLocked(path);
  }

  private void change(String what, Change change) throws SystemException {
    life.check();
    change(what, fate.of(what), change);
  }

  private void change(String what, Optional<Fault.Kind> wrong, Change change)
      throws SystemException {
    if (wrong.isEmpty()) {
      change.make();
      return;
    }
    switch (wrong.get()) {
      // A file is taken away also where a disk is full; another name may need another block.
      case DISK_FULL -> {
        if (what.startsWith("delete")) {
          change.make();
        } else {
          throw SystemException.failed("cannot " + what + ": No space left on device");
        }
      }
      case KILL_AFTER -> {
        change.make();
        throw life.endedBy(new KilledError("after: " + what));
      }
      default -> throw life.endedBy(new KilledError("before: " + what));
    }
  }
}

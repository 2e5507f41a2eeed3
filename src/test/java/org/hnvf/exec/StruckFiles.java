package org.hnvf.exec;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.hnvf.model.SystemException;

/** Files in front of whose changes something may happen. */
public final class StruckFiles implements DurableFiles {

  /** An action before a change. */
  @FunctionalInterface
  public interface Strike {
    /**
     * Is asked before each change.
     *
     * @param change the verb, a blank, and the path
     * @throws SystemException where it is not to be made
     */
    void before(String change) throws SystemException;
  }

  private final DurableFiles files;
  private final Strike strike;

  /** These files. */
  public StruckFiles(DurableFiles files, Strike strike) {
    this.files = files;
    this.strike = strike;
  }

  @Override
  public Optional<String> read(String path) throws SystemException {
    return files.read(path);
  }

  @Override
  public Optional<String> readThroughLinks(String path) throws SystemException {
    return files.readThroughLinks(path);
  }

  @Override
  public boolean exists(String path) {
    return files.exists(path);
  }

  @Override
  public ImmutableList<String> list(String directory) throws SystemException {
    return files.list(directory);
  }

  @Override
  public void write(String path, String text) throws SystemException {
    strike.before("write " + path);
    files.write(path, text);
  }

  @Override
  public void append(String path, String text) throws SystemException {
    strike.before("append " + path);
    files.append(path, text);
  }

  @Override
  public String setAside(String path) throws SystemException {
    strike.before("set-aside " + path);
    return files.setAside(path);
  }

  @Override
  public void rename(String path, String target) throws SystemException {
    strike.before("rename " + path);
    files.rename(path, target);
  }

  @Override
  public long size(String path) throws SystemException {
    return files.size(path);
  }

  @Override
  public void requirePrivate(String path) throws SystemException {
    files.requirePrivate(path);
  }

  @Override
  public void delete(String path) throws SystemException {
    strike.before("delete " + path);
    files.delete(path);
  }

  @Override
  public Optional<Lock> tryLock(String path, String purpose) throws SystemException {
    return files.tryLock(path, purpose);
  }

  @Override
  public boolean isLocked(String path) throws SystemException {
    return files.isLocked(path);
  }
}

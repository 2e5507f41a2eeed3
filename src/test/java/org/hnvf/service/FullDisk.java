package org.hnvf.service;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.hnvf.exec.DurableFiles;
import org.hnvf.model.SystemException;

/** The files of a guest whose disk is full: what is there can be read and deleted, no more. */
final class FullDisk implements DurableFiles {

  private final DurableFiles files;

  FullDisk(DurableFiles files) {
    this.files = files;
  }

  @Override
  public Optional<String> read(String path) throws SystemException {
    return files.read(path);
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
    throw SystemException.failed("cannot write " + path + ": No space left on device");
  }

  @Override
  public void append(String path, String text) throws SystemException {
    throw SystemException.failed("cannot add to " + path + ": No space left on device");
  }

  @Override
  public String setAside(String path) throws SystemException {
    return files.setAside(path);
  }

  @Override
  public void rename(String path, String target) throws SystemException {
    throw SystemException.failed("cannot rename " + path + ": No space left on device");
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
    files.delete(path);
  }

  @Override
  public Optional<Lock> tryLock(String path, String purpose) throws SystemException {
    return files.tryLock(path, purpose);
  }
}

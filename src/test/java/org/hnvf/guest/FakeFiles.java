package org.hnvf.guest;

import com.google.common.collect.ImmutableList;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.hnvf.exec.DurableFiles;
import org.hnvf.model.SystemException;

/** Files in memory. A path may be set to fail. */
final class FakeFiles implements DurableFiles {

  private final Map<String, String> texts = new TreeMap<>();
  private final Set<String> broken = new HashSet<>();
  private final Set<String> locked = new HashSet<>();

  /** Every access to this path fails from now on. */
  void breakPath(String path) {
    broken.add(path);
  }

  @Override
  public Optional<String> read(String path) throws SystemException {
    check(path);
    return Optional.ofNullable(texts.get(path));
  }

  @Override
  public Optional<String> readThroughLinks(String path) throws SystemException {
    return read(path);
  }

  @Override
  public boolean exists(String path) {
    return texts.containsKey(path)
        || texts.keySet().stream().anyMatch(p -> p.startsWith(path + "/"));
  }

  @Override
  public ImmutableList<String> list(String directory) throws SystemException {
    check(directory);
    return texts.keySet().stream()
        .filter(path -> path.startsWith(directory + "/"))
        .map(path -> path.substring(directory.length() + 1))
        .filter(name -> !name.contains("/"))
        .collect(ImmutableList.toImmutableList());
  }

  @Override
  public void write(String path, String text) throws SystemException {
    check(path);
    texts.put(path, text);
  }

  @Override
  public void append(String path, String text) throws SystemException {
    write(path, read(path).orElse("") + text);
  }

  @Override
  public String setAside(String path) throws SystemException {
    String aside = path + ".unreadable";
    write(aside, read(path).orElse(""));
    delete(path);
    return aside;
  }

  @Override
  public void rename(String path, String target) throws SystemException {
    write(target, read(path).orElseThrow());
    delete(path);
  }

  @Override
  public long size(String path) throws SystemException {
    return read(path).orElse("").length();
  }

  @Override
  public void requirePrivate(String path) throws SystemException {
    check(path);
  }

  @Override
  public void delete(String path) throws SystemException {
    check(path);
    texts.remove(path);
  }

  @Override
  public Optional<Lock> tryLock(String path, String purpose) throws SystemException {
    write(path, purpose);
    return locked.add(path) ? Optional.of(() -> locked.remove(path)) : Optional.empty();
  }

  @Override
  public boolean isLocked(String path) {
    return locked.contains(path);
  }

  private void check(String path) throws SystemException {
    if (broken.contains(path)) {
      throw SystemException.failed("cannot read " + path + ": broken");
    }
  }
}

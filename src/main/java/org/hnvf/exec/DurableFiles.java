package org.hnvf.exec;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.hnvf.model.SystemException;

/**
 * Files of a guest. Paths are absolute paths on the guest, {@code /etc/rc.conf}; on the machine
 * itself the guest's root is {@code /}.
 *
 * <p>A symbolic link as the last part of a path is never followed, neither for reading nor for
 * writing. What is written is owned by the caller and read by nobody else unless said otherwise.
 */
public interface DurableFiles {

  /**
   * The text of a file; empty where there is none.
   *
   * @throws SystemException where it is no regular file, larger than 1 MiB, or cannot be read
   */
  Optional<String> read(String path) throws SystemException;

  /** Whether there is something at this path. */
  boolean exists(String path);

  /**
   * The names in a directory, sorted; none where there is no such directory.
   *
   * @throws SystemException where it cannot be read
   */
  ImmutableList<String> list(String directory) throws SystemException;

  /**
   * Replaces a file, or makes it: after this returns, the file has the new text even if the power
   * fails; if it throws, it has the old. The directory is made (mode 0700) where it is missing.
   *
   * @throws SystemException where it cannot be written; the message says what is wrong
   */
  void write(String path, String text) throws SystemException;

  /**
   * Adds to the end of a file that is there. It is not made durable: a power failure may take it
   * away, the death of this process does not.
   *
   * @throws SystemException where there is no such file, or it cannot be written
   */
  void append(String path, String text) throws SystemException;

  /**
   * Renames whatever is at this path, a link or a directory too, to the same name with {@code
   * .unreadable} at the end, so that a new file can be made here and a person can look at the old.
   *
   * @return the new path
   * @throws SystemException where it cannot be renamed
   */
  String setAside(String path) throws SystemException;

  /**
   * Gives a file another path, in the place of what is there; after this returns, it has that path
   * even if the power fails. The directory of {@code target} is made (mode 0700) where it is
   * missing. A file that is neither here nor there is never seen: the renaming is one step.
   *
   * @throws SystemException where there is no such file, or it cannot be renamed
   */
  void rename(String path, String target) throws SystemException;

  /**
   * How many bytes a file has; 0 where there is none.
   *
   * @throws SystemException where it cannot be looked at
   */
  long size(String path) throws SystemException;

  /**
   * Refuses a file or directory that somebody other than the guest's root may have put there or
   * written to: one that is a symbolic link, belongs to another owner than the guest's root
   * directory, or is writable by group or others. One that is not there is no fault.
   *
   * @throws SystemException where it is refused; the message says why
   */
  void requirePrivate(String path) throws SystemException;

  /**
   * Deletes a file; one that is not there is no error.
   *
   * @throws SystemException where it cannot be deleted
   */
  void delete(String path) throws SystemException;

  /**
   * Takes the lock of a file, which is made where it is missing. The kernel frees it when this
   * process dies. {@code purpose} and the id of this process are written to the file, for the
   * message of whoever is refused.
   *
   * @return the lock, or empty where another process, or another caller in this one, has it
   * @throws SystemException where the file cannot be opened
   */
  Optional<Lock> tryLock(String path, String purpose) throws SystemException;

  /** A lock that is held until it is closed. */
  interface Lock extends AutoCloseable {
    @Override
    void close();
  }
}

package org.hnvf.exec;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.hnvf.model.SystemException;

/**
 * Files of a guest. Paths are absolute paths on the guest, {@code /etc/rc.conf}; on the machine
 * itself the guest's root is {@code /}.
 *
 * <p>A symbolic link as the last part of a path is never followed, neither for reading nor for
 * writing, except by {@link #readThroughLinks}. A written file is owned by the caller and readable
 * only by the caller, unless stated otherwise.
 */
public interface DurableFiles {

  /**
   * The text of a file; empty where there is none.
   *
   * @throws SystemException if it is not a regular file, is larger than 1 MiB, or cannot be read
   */
  Optional<String> read(String path) throws SystemException;

  /**
   * The text of a configuration file of the system, which may be a symbolic link; empty if there is
   * no such file, or a link leads to no file.
   *
   * @throws SystemException as {@link #read}, or if users other than root can write to the link's
   *     target or to a directory on the way to it
   */
  Optional<String> readThroughLinks(String path) throws SystemException;

  /** Returns whether the path exists. */
  boolean exists(String path);

  /**
   * The names in a directory, sorted; none where there is no such directory.
   *
   * @throws SystemException where it cannot be read
   */
  ImmutableList<String> list(String directory) throws SystemException;

  /**
   * Creates or replaces a file durably: after this method returns, the file has the new text even
   * after a power failure; if the method throws, the file has the old text. A missing directory is
   * created with mode 0700.
   *
   * @throws SystemException where it cannot be written; the message says what is wrong
   */
  void write(String path, String text) throws SystemException;

  /**
   * Appends to an existing file. The text is not durable: it may be lost in a power failure, but
   * not when this process dies.
   *
   * @throws SystemException where there is no such file, or it cannot be written
   */
  void append(String path, String text) throws SystemException;

  /**
   * Renames a file, link or directory by appending {@code .unreadable}, so that hnvf can create a
   * new file and the administrator can inspect the old one.
   *
   * @return the new path
   * @throws SystemException where it cannot be renamed
   */
  String setAside(String path) throws SystemException;

  /**
   * Renames a file durably and replaces an existing target; after this method returns, the file has
   * the new path even after a power failure. The directory of {@code target} is made (mode 0700)
   * where it is missing. The operation is atomic: the file always exists at one of the two paths.
   *
   * @throws SystemException where there is no such file, or it cannot be renamed
   */
  void rename(String path, String target) throws SystemException;

  /**
   * Returns the size of a file in bytes; 0 if it does not exist.
   *
   * @throws SystemException where it cannot be looked at
   */
  long size(String path) throws SystemException;

  /**
   * Refuses a file or directory that a user other than the guest's root may have created or
   * written: a symbolic link, one with another owner than the guest's root directory, or one that
   * group or others can write. A missing file is accepted.
   *
   * @throws SystemException if it is refused; the message gives the reason
   */
  void requirePrivate(String path) throws SystemException;

  /**
   * Deletes a file; a missing file is no error.
   *
   * @throws SystemException where it cannot be deleted
   */
  void delete(String path) throws SystemException;

  /**
   * Locks a file and creates it if it is missing. The kernel releases the lock when this process
   * dies. {@code purpose} and the id of this process are written to the file, for the message of a
   * process that does not get the lock.
   *
   * @return the lock, or empty where another process, or another caller in this one, has it
   * @throws SystemException where the file cannot be opened
   */
  Optional<Lock> tryLock(String path, String purpose) throws SystemException;

  /**
   * Returns whether another process, or another caller in this one, has the lock of a file. This
   * never keeps {@link #tryLock} from the lock. For display only: for an instant after a lock was
   * taken the answer may be wrong, and if both happen at the same time it is false until the lock
   * is released.
   *
   * @throws SystemException where the file cannot be opened
   */
  boolean isLocked(String path) throws SystemException;

  /** A lock that is held until it is closed. */
  interface Lock extends AutoCloseable {
    @Override
    void close();
  }
}

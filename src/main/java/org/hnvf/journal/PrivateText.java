package org.hnvf.journal;

import java.util.Optional;
import org.hnvf.exec.DurableFiles;
import org.hnvf.model.SystemException;

/** Reads a file in hnvf's own directory. */
final class PrivateText {

  private PrivateText() {}

  /**
   * Returns the text of a file; empty if there is no such file.
   *
   * @throws SystemException if it cannot be read, or other users may have written it or its
   *     directory
   */
  static Optional<String> read(DurableFiles files, String path) throws SystemException {
    files.requirePrivate(PairStore.DIRECTORY);
    Optional<String> text = files.read(path);
    if (text.isPresent()) {
      files.requirePrivate(path);
    }
    return text;
  }
}

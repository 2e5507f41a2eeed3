package org.hnvf.service;

import com.google.common.collect.ImmutableSet;
import org.hnvf.exec.DurableFiles;
import org.hnvf.exec.StruckFiles;
import org.hnvf.model.SystemException;

/** The files of a guest whose disk is full: what is there can be read and deleted, no more. */
final class FullDisk {

  /** These changes need room. */
  private static final ImmutableSet<String> NEED_ROOM =
      ImmutableSet.of("write", "append", "rename");

  private FullDisk() {}

  static DurableFiles of(DurableFiles files) {
    return new StruckFiles(
        files,
        change -> {
          if (NEED_ROOM.contains(change.substring(0, change.indexOf(' ')))) {
            throw SystemException.failed("cannot " + change + ": No space left on device");
          }
        });
  }
}

package org.hnvf.doctor;

import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import org.hnvf.exec.FileTimes.Times;

/**
 * The files that were read.
 *
 * @param texts their texts by path; without those that do not exist
 * @param times the times of files by path; without those that do not exist
 * @param refused the reasons why a file or directory of hnvf is refused, by path
 */
record FilesRead(
    ImmutableMap<String, Fact<String>> texts,
    ImmutableMap<String, Fact<Times>> times,
    ImmutableMap<String, String> refused) {

  /** Returns the text of a file; empty if it does not exist. */
  Optional<String> text(String path) throws NotKnownException {
    Fact<String> text = texts.get(path);
    return text == null ? Optional.empty() : Optional.of(text.get());
  }

  /** Returns the times of a file; empty if it does not exist. */
  Optional<Times> times(String path) throws NotKnownException {
    Fact<Times> found = times.get(path);
    return found == null ? Optional.empty() : Optional.of(found.get());
  }

  /** Returns whether a file of the list exists. */
  boolean exists(String path) {
    return times.containsKey(path);
  }
}

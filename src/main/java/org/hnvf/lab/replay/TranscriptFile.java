package org.hnvf.lab.replay;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hnvf.model.HnvfException;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;

/** Reads a transcript from a file. */
public final class TranscriptFile {
  /** The longest that is read; those that were recorded have some ten kilobytes. */
  private static final long LIMIT = 16L << 20;

  private TranscriptFile() {}

  /**
   * Reads a file.
   *
   * @throws UserException (bad data) where there is no such file, or it is no transcript
   * @throws SystemException where it cannot be read
   */
  public static Transcript read(Path file) throws HnvfException {
    if (!Files.isRegularFile(file)) {
      throw UserException.badData(file + ": there is no such file, or it is no regular file");
    }
    try {
      if (Files.size(file) > LIMIT) {
        throw UserException.badData(file + ": too long for a transcript, the limit is 16 MiB");
      }
      return Transcript.parse(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
    } catch (CharacterCodingException e) {
      throw UserException.badData(file + ": not a transcript: it is not UTF-8 text");
    } catch (IOException e) {
      throw SystemException.failed(file + ": cannot be read: " + e.getMessage(), e);
    }
  }
}

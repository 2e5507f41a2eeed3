package org.hnvf.lab.rehearse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hnvf.capture.CaptureText;
import org.hnvf.model.HnvfException;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;

/** Reads a capture from a file. */
public final class CaptureFile {

  /** The largest file, in bytes. */
  static final int LIMIT = CaptureText.LIMIT;

  private CaptureFile() {}

  /**
   * Reads a file. No more than the limit is ever read of it.
   *
   * @throws UserException (bad data) if there is no such file, or it is no capture; the message
   *     names the line and the reason
   * @throws SystemException if it cannot be read
   */
  public static Capture read(Path file) throws HnvfException {
    if (!Files.isRegularFile(file)) {
      throw UserException.badData(file + ": there is no such file, or it is no regular file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return read(file.toString(), in);
    } catch (IOException e) {
      throw SystemException.failed(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Reads a stream to its end, and no more than the limit of it.
   *
   * @param name the name of the stream, for messages
   * @throws UserException (bad data) if it is no capture; the message names the line and the reason
   * @throws SystemException if it cannot be read
   */
  public static Capture read(String name, InputStream in) throws HnvfException {
    byte[] bytes;
    try {
      bytes = in.readNBytes(LIMIT + 1);
    } catch (IOException e) {
      throw SystemException.failed(name + ": cannot be read: " + e.getMessage(), e);
    }
    return parse(name, bytes);
  }

  /** Reads the bytes of a file. */
  static Capture parse(String name, byte[] bytes) throws UserException {
    if (bytes.length > LIMIT) {
      throw UserException.badData(name + ": too long for a capture, the limit is 1 MiB");
    }
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
      return new CaptureReader(name, text).read();
    } catch (CharacterCodingException e) {
      throw UserException.badData(name + ": not a capture: it is not UTF-8 text");
    }
  }
}

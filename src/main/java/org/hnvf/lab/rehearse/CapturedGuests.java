package org.hnvf.lab.rehearse;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hnvf.lab.soak.CopiedGuests;
import org.hnvf.model.HnvfException;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;
import org.hnvf.sim.RcConfShell;

/** The guests of all captures in one directory, for the soak. */
public final class CapturedGuests {

  private static final String CAPTURE = ".capture";

  private CapturedGuests() {}

  /**
   * Reads the files NAME.capture of a directory, in the order of their names.
   *
   * @param shell evaluates the rc.conf of a guest that has no shell of its own
   * @throws UserException (bad data) if there is none, or one is no capture, or its copy has
   *     another network configuration
   * @throws SystemException if the directory cannot be read
   */
  public static CopiedGuests in(Path directory, RcConfShell shell) throws HnvfException {
    ImmutableList.Builder<GuestCopy> guests = ImmutableList.builder();
    for (Path file : files(directory)) {
      CapturedGuest captured = new CapturedGuest(CaptureFile.read(file));
      GuestCopy copy = new GuestCopy(captured);
      if (Faithfulness.differences(captured, copy.asCaptured()).stream()
          .anyMatch(Difference::decides)) {
        throw UserException.badData(
            file
                + ": its copy has another network configuration; `hnvf rehearse --from "
                + file
                + "` shows the differences");
      }
      guests.add(copy);
    }
    return CopiedGuests.of(" --captures " + directory, guests.build(), shell);
  }

  private static List<Path> files(Path directory) throws HnvfException {
    if (!Files.isDirectory(directory)) {
      throw UserException.badData(directory + ": there is no such directory; no guest was tried");
    }
    try (Stream<Path> all = Files.list(directory)) {
      List<Path> files =
          all.filter(file -> file.getFileName().toString().endsWith(CAPTURE)).sorted().toList();
      if (files.isEmpty()) {
        throw UserException.badData(
            directory + ": has no file *" + CAPTURE + "; no guest was tried");
      }
      return files;
    } catch (IOException e) {
      throw SystemException.failed(directory + ": cannot be read: " + e.getMessage(), e);
    }
  }
}

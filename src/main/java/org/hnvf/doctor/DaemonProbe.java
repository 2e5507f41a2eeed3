package org.hnvf.doctor;

import java.nio.file.Path;
import java.time.Duration;
import org.hnvf.control.ControlClient;
import org.hnvf.exec.OwnDirectories;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;

/** Asks the daemon whether it is alive. */
@FunctionalInterface
public interface DaemonProbe {

  /** Returns the answer within a bounded time. */
  DaemonState ask();

  /**
   * Returns a probe that sends {@code ping} to the daemon's socket.
   *
   * @param root the root directory of the guest
   * @param patience the longest wait for the answer
   */
  static DaemonProbe ofSocket(Path root, Duration patience) {
    Path socket = root.resolve(OwnDirectories.RUN.substring(1)).resolve("hnvf.sock");
    return () -> {
      try {
        var unused = new ControlClient(socket).ask("ping", patience);
        return DaemonState.ANSWERS;
      } catch (UserException e) {
        return DaemonState.ABSENT;
      } catch (SystemException e) {
        return DaemonState.HUNG;
      }
    };
  }
}

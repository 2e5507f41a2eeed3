package org.hnvf.cli;

import com.sun.security.auth.module.UnixSystem;
import java.time.Duration;
import java.util.Optional;
import org.hnvf.exec.CommandRunner;
import org.hnvf.model.Command;
import org.hnvf.model.SystemException;

/** The user that this process runs as, by number: the name of uid 0 need not be root. */
final class ThisProcess {

  private static final Command ID = Command.reading(Duration.ofSeconds(10), "id", "-u");

  private ThisProcess() {}

  /**
   * Returns the uid of this process.
   *
   * @param runner runs id(1) if Java does not report the uid
   * @throws SystemException if neither reports it
   */
  static long uid(CommandRunner runner) throws SystemException {
    UnixSystem java = new UnixSystem();
    return uid(java.getUid(), Optional.ofNullable(java.getUsername()), runner);
  }

  /**
   * Returns the uid from Java's report. If Java cannot find the user's name, it reports uid 0 for
   * every user, so a uid without a name is not used.
   */
  static long uid(long uid, Optional<String> name, CommandRunner runner) throws SystemException {
    if (name.isPresent()) {
      return uid;
    }
    String text = runner.run(ID).wholeText().strip();
    if (!text.matches("[0-9]{1,10}")) {
      throw SystemException.failed(
          "cannot tell which user runs hnvf: Java does not know the user's name, "
              + "and `"
              + ID.line()
              + "` printed \""
              + text
              + "\", which is not a user id; nothing was done");
    }
    return Long.parseLong(text);
  }
}

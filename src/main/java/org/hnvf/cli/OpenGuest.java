package org.hnvf.cli;

import java.util.Optional;
import java.util.function.Consumer;
import org.hnvf.exec.LineSource;
import org.hnvf.model.SystemException;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.service.Machine;

/** A guest that is open for a verb, or for the daemon. */
public interface OpenGuest extends AutoCloseable {

  /** The guest, as the rest of the program sees it. */
  Machine machine();

  /** Who must own its override scripts. */
  OwnerPolicy owner();

  /**
   * Whom to tell what its devd(8) tells, line by line, from now on. Where the base system's devd
   * does that, by its rules, nobody is told here.
   */
  void onDevdLine(Consumer<String> listener);

  /** What the guest's devd(8) writes to its own socket; empty where it cannot be listened to. */
  default Optional<LineSource> devdLines() {
    return Optional.empty();
  }

  /** What {@code route -n monitor} of the guest tells; empty where it cannot be listened to. */
  default Optional<LineSource> routeMessages() {
    return Optional.empty();
  }

  /**
   * Keeps what was done to the guest, where it would be forgotten otherwise.
   *
   * @throws SystemException where it cannot be kept
   */
  void keep() throws SystemException;

  @Override
  void close();
}

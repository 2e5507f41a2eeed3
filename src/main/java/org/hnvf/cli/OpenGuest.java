package org.hnvf.cli;

import java.util.Optional;
import java.util.function.Consumer;
import org.hnvf.exec.LineSource;
import org.hnvf.model.SystemException;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.service.Machine;

/** A guest that is open for a verb, or for the daemon. */
public interface OpenGuest extends AutoCloseable {

  /** Returns the guest for the rest of the program. */
  Machine machine();

  /** Returns the required owner of its override scripts. */
  OwnerPolicy owner();

  /**
   * Sets the receiver of its devd(8)'s lines. If the base system's devd runs the event script, this
   * receiver is not called.
   */
  void onDevdLine(Consumer<String> listener);

  /** Returns the source of devd(8)'s own socket; empty if it cannot be read. */
  default Optional<LineSource> devdLines() {
    return Optional.empty();
  }

  /** Returns the output of {@code route -n monitor}; empty if it cannot be run. */
  default Optional<LineSource> routeMessages() {
    return Optional.empty();
  }

  /**
   * Stores the changes of the guest, if they would be lost otherwise.
   *
   * @throws SystemException if they cannot be stored
   */
  void keep() throws SystemException;

  @Override
  void close();
}

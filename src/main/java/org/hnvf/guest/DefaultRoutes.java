package org.hnvf.guest;

import java.util.Optional;
import org.hnvf.exec.CommandRunner;
import org.hnvf.freebsd.RouteCommands;
import org.hnvf.model.Action;
import org.hnvf.model.SystemException;

/** Reads through which interface an existing default route goes. */
public final class DefaultRoutes {

  private final CommandRunner runner;

  /** Creates a reader that runs route(8) through {@code runner}. */
  public DefaultRoutes(CommandRunner runner) {
    this.runner = runner;
  }

  /**
   * Returns whether the default route goes through the interface of {@code action}; false if
   * route(8) fails, because then the route may be another interface's.
   */
  public boolean goesThroughOwn(Action.AddDefaultRoute action) {
    try {
      Optional<String> netif = RouteCommands.shownInterface(runner.run(action.show()).wholeText());
      return netif.filter(action.onto().value()::equals).isPresent();
    } catch (SystemException e) {
      return false;
    }
  }
}

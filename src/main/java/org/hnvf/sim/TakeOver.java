package org.hnvf.sim;

import java.util.List;
import java.util.Optional;

/**
 * Sets the simulated guest to the state of a recording after an event of the recorded guest that is
 * not simulated. State that the recording does not show is unchanged, or follows from the shown
 * state.
 */
public final class TakeOver {
  private final SimState state;
  private final Scheduler engine;
  private final GuestFiles files;
  private final RecordedInterfaces interfaces;
  private final RecordedRoutes routes;
  private final RecordedClients clients;

  TakeOver(Kernel kernel, GuestFiles files, Dhclients dhclients, Scheduler engine) {
    this.state = kernel.state();
    this.engine = engine;
    this.files = files;
    this.interfaces = new RecordedInterfaces(kernel);
    this.routes = new RecordedRoutes(kernel);
    this.clients = new RecordedClients(kernel, files, dhclients);
  }

  /**
   * Takes over what ifconfig(8) shows of one interface; one that is not there is made.
   *
   * @param lines its lines, without those that do not count
   * @param families of which families the lines show all addresses: inet, inet6
   */
  public void showsInterface(String name, List<String> lines, List<String> families) {
    quietly(() -> interfaces.take(name, lines, families));
  }

  /** There is no such interface. */
  public void hasNoInterface(String name) {
    quietly(() -> interfaces.remove(name));
  }

  /**
   * Takes over the table of a family as {@code netstat -rn} shows it, row by row.
   *
   * @param fib the number of the table
   */
  public void showsRoutes(int fib, boolean ipv6, List<String> rows) {
    quietly(() -> routes.take(fib, ipv6, rows));
  }

  /** For these interfaces, and no other, a dhclient runs. */
  public void showsClients(List<String> names) {
    quietly(() -> clients.take(names));
  }

  /** A file has this content; empty where there is none. */
  public void showsFile(String path, Optional<String> text) {
    synchronized (state) {
      text.ifPresentOrElse(t -> files.write(path, t), () -> files.delete(path));
    }
  }

  /** A sysctl(8) node that nothing in the simulation decides has this value. */
  public void showsSysctl(String name, String value) {
    synchronized (state) {
      state.sysctls.put(name, value);
    }
  }

  /** Runs a change without messages: the recorded change happened earlier. */
  private void quietly(Runnable change) {
    synchronized (state) {
      engine.settle();
      int events = state.events.size();
      change.run();
      state.messages.clear();
      state.events.subList(events, state.events.size()).clear();
      engine.settle();
    }
  }
}

package org.hnvf.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Handles signals of signal(3). Java offers them only through {@code sun.misc.Signal} (module
 * jdk.unsupported); it is called by reflection, because javac prints a warning for every use that
 * cannot be disabled.
 */
final class Signals {

  private Signals() {}

  /**
   * Runs this when the process receives the signal.
   *
   * @param name without {@code SIG}
   * @return whether the platform has the signal; Linux has no SIGINFO
   */
  static boolean on(String name, Runnable deed) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object listener =
          Proxy.newProxyInstance(
              handler.getClassLoader(), new Class<?>[] {handler}, listener(deed));
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), listener);
      return true;
    } catch (InvocationTargetException noSuchSignal) {
      return false;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java has no sun.misc.Signal", e);
    }
  }

  private static InvocationHandler listener(Runnable deed) {
    return (proxy, method, arguments) -> {
      if (method.getName().equals("handle")) {
        deed.run();
      }
      return null;
    };
  }
}

package org.hnvf.control;

import java.util.function.Consumer;

/** Answers requests. */
@FunctionalInterface
public interface RequestHandler {

  /**
   * Answers one request, now or later, on any thread. It is called on the thread that serves all
   * clients, so it must not block.
   *
   * @param line the request, without its line end
   * @param reply receives the answer, once
   */
  void answer(String line, Consumer<Answer> reply);
}

package org.hnvf.sim;

/** A program of the guest. */
@FunctionalInterface
interface GuestCommand {

  /**
   * Does what the program does once it has started; it may let time pass.
   *
   * @throws OutOfTime where its time limit was over before its end
   */
  void act(Job job) throws OutOfTime;
}

package org.hnvf.sim;

import org.hnvf.model.Command;

/** A program of a test on the simulated guest, such as an override script. */
@FunctionalInterface
public interface GuestProgram {

  /**
   * The result.
   *
   * @param status its exit status
   */
  record Answer(int status, String stdout, String stderr) {

    /** It said nothing. */
    public static Answer silent(int status) {
      return new Answer(status, "", "");
    }
  }

  /**
   * Runs it. It may give commands to the guest by {@link SimulatedGuest#run}, which take their
   * time.
   */
  Answer run(Command command);
}

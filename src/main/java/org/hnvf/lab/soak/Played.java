package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.hnvf.model.Strategy;

/**
 * The effect of one occasion on a copied guest, with no fault.
 *
 * @param occasion such as a bring-up
 * @param holder the interface that has the configuration at the end
 * @param moved what of the configuration is on the lagg at the end
 * @param stayed what of it is on the hn
 * @param refused why hnvf does not use the VF, if it refuses it
 * @param cuts how long each address was cut off
 * @param silent the addresses that did not answer before, so that nothing is known of them
 * @param violations what is not as hnvf promises
 * @param story what happened, line by line
 */
public record Played(
    String occasion,
    Strategy strategy,
    String holder,
    ImmutableList<String> moved,
    ImmutableList<String> stayed,
    Optional<String> refused,
    ImmutableList<AddressCut> cuts,
    ImmutableList<String> silent,
    ImmutableList<String> violations,
    ImmutableList<String> story) {

  /**
   * The longest time for which an address did not answer.
   *
   * @param millis in virtual time
   * @param processes how many processes ran meanwhile
   * @param lost whether it did not answer at the end
   */
  public record AddressCut(String address, long millis, int processes, boolean lost) {}
}

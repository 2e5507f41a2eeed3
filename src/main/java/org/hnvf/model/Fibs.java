package org.hnvf.model;

/**
 * The routing tables of a guest (FIBs, setfib(1)).
 *
 * @param count {@code net.fibs}: how many there are
 * @param addressesInAll {@code net.add_addr_allfibs}: whether the network of an address gets a
 *     route in each of them, and not in the interface's own alone
 */
public record Fibs(int count, boolean addressesInAll) {

  /** The number of FIBs that hnvf reads. Each FIB costs one more process per snapshot. */
  public static final int READ = 16;

  /** A single table, the default of FreeBSD. */
  public static final Fibs ONE = new Fibs(1, false);
}

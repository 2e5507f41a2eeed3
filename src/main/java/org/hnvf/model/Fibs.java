package org.hnvf.model;

/**
 * The routing tables of a guest (FIBs, setfib(1)).
 *
 * @param count {@code net.fibs}: how many there are
 * @param addressesInAll {@code net.add_addr_allfibs}: whether the network of an address gets a
 *     route in each of them, and not in the interface's own alone
 */
public record Fibs(int count, boolean addressesInAll) {

  /** As many as hnvf reads; each is a process more whenever the guest is read. */
  public static final int READ = 16;

  /** One table, as where nobody has changed anything. */
  public static final Fibs ONE = new Fibs(1, false);
}

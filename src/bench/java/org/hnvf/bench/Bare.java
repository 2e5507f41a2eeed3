package org.hnvf.bench;

/** The least that a Java can do: print a line. */
public final class Bare {

  private Bare() {}

  /** Prints a line. */
  public static void main(String[] arguments) {
    System.out.println("nothing");
  }
}

package org.hnvf.sim;

/** ifconfig(8) ends here: the command line cannot be done, or a part of it failed. */
final class IfconfigStop extends Exception {
  private static final long serialVersionUID = 1L;
  private final String said;

  IfconfigStop(String said) {
    super(said, null, false, false);
    this.said = said;
  }

  String said() {
    return said;
  }
}

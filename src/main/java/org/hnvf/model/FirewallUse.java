package org.hnvf.model;

/** How hnvf treats the guest's packet filters before a configuration moves. */
public enum FirewallUse {
  /**
   * hnvf reads their rules and refuses a move that would change which traffic they pass. The
   * default.
   */
  ASK("ask"),
  /** hnvf does not read their rules. */
  IGNORE("ignore");

  private final String text;

  FirewallUse(String text) {
    this.text = text;
  }

  /** Its name in the configuration file. */
  public String text() {
    return text;
  }
}

package org.hnvf.model;

/** What is made of the packet filters of the guest before a configuration moves. */
public enum FirewallUse {
  /** They are asked, and a move that would change what they let through is refused. The default. */
  ASK("ask"),
  /** They are not asked. */
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

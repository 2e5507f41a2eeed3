package org.hnvf.lab.compare;

/** The occasions of a guest, one after the other. */
public enum Occasion {
  /** The host gives a VF, and its delay passes: everything moves to the lagg. */
  BRING_UP("VF attached", true),
  /** The host takes the VF away. */
  REVOKED("VF revoked", true),
  /** The VF comes again, with another driver. */
  BACK("VF back", true),
  /** The administrator takes the VF out. */
  FAILOVER("failover by hand", false),
  /** The administrator wants it used again. */
  FAILBACK("failback by hand", false),
  /** The administrator wants the lagg gone. */
  RELEASE("release by hand", false),
  /** On a fresh guest: another program has brought the VF up without a preparation. */
  UP_BY_OTHERS("VF up by another hand", true),
  /** The same in the middle of the VF's delay, which is spent preparing. */
  UP_DURING_DELAY("the same, in the VF's delay", true);

  private final String title;
  private final boolean stockToo;

  Occasion(String title, boolean stockToo) {
    this.title = title;
    this.stockToo = stockToo;
  }

  String title() {
    return title;
  }

  /** Whether the stock scripts have anything of the kind. */
  boolean stockToo() {
    return stockToo;
  }
}

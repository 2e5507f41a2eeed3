package org.hnvf.lab.compare;

/** The start of the work. */
public enum Start {
  /** It runs at once, and its own loading is not counted: that of the scripts, or of Java. */
  DIRECTLY("started directly"),
  /** devd(8) starts it for each event, and what stands between is counted. */
  THROUGH_DEVD("through devd");

  private final String title;

  Start(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}

package org.hnvf.lab.replay;

/** The output of a line, or of a part of it. */
record Said(String stdout, String stderr, int status) {
  static final Said NOTHING = new Said("", "", 0);

  static Said out(String text) {
    return new Said(text, "", 0);
  }

  static Said failed(int status, String message) {
    return new Said("", message + "\n", status);
  }
}

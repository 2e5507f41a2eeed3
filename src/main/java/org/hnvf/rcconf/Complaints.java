package org.hnvf.rcconf;

import com.google.common.collect.ImmutableList;

/** Collects the messages that network.subr would print as warnings. */
final class Complaints {

  private final ImmutableList.Builder<String> texts = ImmutableList.builder();

  void add(String text) {
    texts.add(text);
  }

  ImmutableList<String> texts() {
    return texts.build();
  }
}

package org.hnvf.lab.replay;

import com.google.common.collect.ImmutableList;

/** A part of a line of sh(1), as far as transcripts use them. */
sealed interface Node {

  /** One after the other. */
  record Sequence(ImmutableList<Node> parts) implements Node {}

  /** {@code left && right}, or {@code left || right}. */
  record AndOr(Node left, boolean and, Node right) implements Node {}

  /** The output of each is the input of the next. */
  record Pipeline(ImmutableList<Node> stages) implements Node {}

  /** A command and its redirections. */
  record Simple(ImmutableList<Word> words, ImmutableList<Redirect> redirects) implements Node {}

  /** {@code for NAME in WORDS; do BODY; done}. */
  record Loop(String variable, ImmutableList<Word> values, Node body) implements Node {}

  /** {@code time NODE}. */
  record Timed(Node what) implements Node {}

  /** {@code NODE &}. */
  record Background(Node what) implements Node {}

  /** {@code ( BODY )}. */
  record Subshell(Node body) implements Node {}

  /** A word before its expansion. */
  record Word(ImmutableList<Piece> pieces) {

    /** The word where it is plain text, else empty. */
    String plain() {
      StringBuilder text = new StringBuilder();
      for (Piece piece : pieces) {
        if (!(piece instanceof Text it)) {
          return "";
        }
        text.append(it.text());
      }
      return text.toString();
    }
  }

  /** A part of a word. */
  sealed interface Piece {}

  /** Text that stands for itself. */
  record Text(String text, boolean quoted) implements Piece {}

  /** {@code $name} or {@code $?}. */
  record Variable(String name, boolean quoted) implements Piece {}

  /** {@code `NODE`} or {@code $(NODE)}. */
  record Substitution(Node node, boolean quoted) implements Piece {}

  /**
   * Where output goes.
   *
   * @param descriptor 1 or 2
   * @param append whether to what is there already
   * @param target a file, or {@code &1}
   */
  record Redirect(int descriptor, boolean append, Word target) {}
}

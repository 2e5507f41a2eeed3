package org.hnvf.report;

import com.google.common.base.CharMatcher;
import com.google.common.html.HtmlEscapers;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes HTML. Every text and every value of an attribute is escaped, because names and messages
 * come from the guest. Control characters and characters that change the direction of text become
 * U+FFFD.
 */
final class Markup {

  private static final CharMatcher UNSAFE =
      CharMatcher.javaIsoControl()
          .and(CharMatcher.isNot('\n'))
          .or(CharMatcher.is('\u061c'))
          .or(CharMatcher.inRange('\u200b', '\u200f'))
          .or(CharMatcher.inRange('\u2028', '\u202e'))
          .or(CharMatcher.inRange('\u2060', '\u206f'))
          .or(CharMatcher.is('\ufeff'));

  private final StringBuilder html;
  private final Deque<String> open = new ArrayDeque<>();

  /** Creates a document that begins with this HTML. */
  Markup(String beginning) {
    html = new StringBuilder(beginning);
  }

  /**
   * Opens an element.
   *
   * @param attributes names and values in turn
   */
  Markup open(String tag, String... attributes) {
    start(tag, attributes).append('>');
    open.push(tag);
    return this;
  }

  /** Closes the element that was opened last. */
  Markup close() {
    String tag = open.pop();
    html.append("</").append(tag).append('>');
    if (!tag.equals("code") && !tag.equals("a") && !tag.equals("span")) {
      html.append('\n');
    }
    return this;
  }

  /** Adds an element with a text. */
  Markup element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close();
  }

  /** Adds an element without content. */
  Markup empty(String tag, String... attributes) {
    start(tag, attributes).append("/>\n");
    return this;
  }

  Markup text(String text) {
    html.append(escaped(text));
    return this;
  }

  /** Adds the content of a style element, which is not escaped. */
  Markup style(String css) {
    html.append("<style>\n").append(css).append("</style>\n");
    return this;
  }

  private StringBuilder start(String tag, String... attributes) {
    html.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      html.append(' ').append(attributes[i]).append("=\"");
      html.append(escaped(attributes[i + 1])).append('"');
    }
    return html;
  }

  private static String escaped(String text) {
    return HtmlEscapers.htmlEscaper().escape(UNSAFE.replaceFrom(text, '\ufffd'));
  }

  /** Returns the document; every element must be closed. */
  String html() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("not closed: " + open);
    }
    return html.toString();
  }
}

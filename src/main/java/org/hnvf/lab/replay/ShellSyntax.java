package org.hnvf.lab.replay;

import com.google.common.collect.ImmutableList;
import org.hnvf.lab.replay.Node.Piece;
import org.hnvf.lab.replay.Node.Redirect;
import org.hnvf.lab.replay.Node.Word;

/** Takes a line of sh(1) apart. */
final class ShellSyntax {
  private final String text;
  private int at;

  private ShellSyntax(String text) {
    this.text = text;
  }

  /** The line uses more of sh than is understood here. */
  static final class NotUnderstood extends Exception {
    private static final long serialVersionUID = 1L;

    NotUnderstood(String what) {
      super(what, null, false, false);
    }
  }

  static Node parse(String line) throws NotUnderstood {
    if (line.contains("\n")) {
      throw new NotUnderstood("a command of several lines");
    }
    ShellSyntax syntax = new ShellSyntax(line);
    Node node = syntax.list();
    if (syntax.at < line.length()) {
      throw new NotUnderstood("\"" + line.charAt(syntax.at) + "\" at an unexpected place");
    }
    return node;
  }

  private Node list() throws NotUnderstood {
    ImmutableList.Builder<Node> parts = ImmutableList.builder();
    while (true) {
      blanks();
      if (at == text.length() || peek(")") || keyword("done") || keyword("do")) {
        return new Node.Sequence(parts.build());
      }
      Node part = andOr();
      blanks();
      if (peek("&") && !peek("&&")) {
        at++;
        part = new Node.Background(part);
      } else if (peek(";")) {
        at++;
      }
      parts.add(part);
    }
  }

  private Node andOr() throws NotUnderstood {
    Node left = pipeline();
    while (true) {
      blanks();
      boolean and = peek("&&");
      if (!and && !peek("||")) {
        return left;
      }
      at += 2;
      left = new Node.AndOr(left, and, pipeline());
    }
  }

  private Node pipeline() throws NotUnderstood {
    blanks();
    if (keyword("time")) {
      at += 4;
      return new Node.Timed(pipeline());
    }
    ImmutableList.Builder<Node> stages = ImmutableList.builder();
    stages.add(command());
    blanks();
    while (peek("|") && !peek("||")) {
      at++;
      stages.add(command());
      blanks();
    }
    ImmutableList<Node> all = stages.build();
    return all.size() == 1 ? all.get(0) : new Node.Pipeline(all);
  }

  private Node command() throws NotUnderstood {
    blanks();
    if (peek("(")) {
      at++;
      Node body = list();
      expect(")");
      return new Node.Subshell(body);
    }
    for (String word : ImmutableList.of("while", "until", "if", "case", "{", "!")) {
      if (keyword(word)) {
        throw new NotUnderstood("\"" + word + "\" of sh");
      }
    }
    return keyword("for") ? loop() : simple();
  }

  private Node loop() throws NotUnderstood {
    at += 3;
    blanks();
    String variable = word().plain();
    blanks();
    if (!keyword("in")) {
      throw new NotUnderstood("\"for\" without \"in\"");
    }
    at += 2;
    ImmutableList.Builder<Word> values = ImmutableList.builder();
    blanks();
    while (at < text.length() && !peek(";")) {
      values.add(word());
      blanks();
    }
    expect(";");
    blanks();
    expect("do");
    Node body = list();
    expect("done");
    return new Node.Loop(variable, values.build(), body);
  }

  private Node simple() throws NotUnderstood {
    ImmutableList.Builder<Word> words = ImmutableList.builder();
    ImmutableList.Builder<Redirect> redirects = ImmutableList.builder();
    boolean any = false;
    while (true) {
      blanks();
      if (at == text.length() || ";&|)".indexOf(text.charAt(at)) >= 0) {
        break;
      }
      any = true;
      if (peek("<") || peek("0<")) {
        throw new NotUnderstood("input from a file");
      }
      if (peek(">") || peek("1>") || peek("2>")) {
        redirects.add(redirect());
      } else {
        words.add(word());
      }
    }
    if (!any) {
      throw new NotUnderstood("a command is missing");
    }
    ImmutableList<Word> all = words.build();
    if (!all.isEmpty() && all.get(0).plain().matches("[A-Za-z_][A-Za-z_0-9]*=.*")) {
      throw new NotUnderstood("a variable is set");
    }
    return new Node.Simple(all, redirects.build());
  }

  private Redirect redirect() throws NotUnderstood {
    int descriptor = 1;
    if (Character.isDigit(text.charAt(at))) {
      descriptor = text.charAt(at++) - '0';
    }
    at++;
    boolean append = peek(">");
    if (append) {
      at++;
    }
    if (peek("&1") || peek("&2")) {
      at += 2;
      String target = text.substring(at - 2, at);
      return new Redirect(descriptor, append, wordOf(new Node.Text(target, true)));
    }
    blanks();
    return new Redirect(descriptor, append, word());
  }

  private static Word wordOf(Piece piece) {
    return new Word(ImmutableList.of(piece));
  }

  private Word word() throws NotUnderstood {
    ImmutableList.Builder<Piece> pieces = ImmutableList.builder();
    while (at < text.length() && " \t;&|()<>".indexOf(text.charAt(at)) < 0) {
      char c = text.charAt(at);
      switch (c) {
        case '\'' -> {
          int end = text.indexOf('\'', at + 1);
          if (end < 0) {
            throw new NotUnderstood("a quote without its end");
          }
          pieces.add(new Node.Text(text.substring(at + 1, end), true));
          at = end + 1;
        }
        case '"' -> doubleQuoted(pieces);
        case '$', '`' -> pieces.add(expansion(false));
        case '\\' -> {
          at++;
          if (at < text.length()) {
            pieces.add(new Node.Text(text.substring(at, ++at), true));
          }
        }
        default -> {
          int start = at;
          while (at < text.length() && " \t;&|()<>'\"$`\\".indexOf(text.charAt(at)) < 0) {
            at++;
          }
          pieces.add(new Node.Text(text.substring(start, at), false));
        }
      }
    }
    return new Word(pieces.build());
  }

  private void doubleQuoted(ImmutableList.Builder<Piece> pieces) throws NotUnderstood {
    at++;
    StringBuilder plain = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at);
      boolean escapes = c == '\\' && at + 1 < text.length();
      if (escapes && "\"\\$`".indexOf(text.charAt(at + 1)) >= 0) {
        plain.append(text.charAt(at + 1));
        at += 2;
      } else if (c == '$' || c == '`') {
        pieces.add(new Node.Text(plain.toString(), true));
        plain.setLength(0);
        pieces.add(expansion(true));
      } else {
        plain.append(c);
        at++;
      }
    }
    if (at == text.length()) {
      throw new NotUnderstood("a quote without its end");
    }
    at++;
    pieces.add(new Node.Text(plain.toString(), true));
  }

  private Piece expansion(boolean quoted) throws NotUnderstood {
    if (peek("`")) {
      int end = text.indexOf('`', at + 1);
      if (end < 0) {
        throw new NotUnderstood("a backtick without its end");
      }
      Node node = parse(text.substring(at + 1, end));
      at = end + 1;
      return new Node.Substitution(node, quoted);
    }
    at++;
    if (peek("((") || peek("{")) {
      throw new NotUnderstood("\"$" + text.charAt(at) + "\" of sh");
    }
    if (peek("(")) {
      at++;
      Node node = list();
      expect(")");
      return new Node.Substitution(node, quoted);
    }
    int start = at;
    if (peek("?") || peek("!")) {
      at++;
    } else {
      while (at < text.length()
          && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
        at++;
      }
    }
    return start == at
        ? new Node.Text("$", quoted)
        : new Node.Variable(text.substring(start, at), quoted);
  }

  private void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean peek(String what) {
    return text.startsWith(what, at);
  }

  /** Whether a reserved word stands here. */
  private boolean keyword(String word) {
    int end = at + word.length();
    return peek(word) && (end == text.length() || " \t;()&|".indexOf(text.charAt(end)) >= 0);
  }

  private void expect(String what) throws NotUnderstood {
    if (!peek(what)) {
      throw new NotUnderstood("\"" + what + "\" is missing");
    }
    at += what.length();
  }
}

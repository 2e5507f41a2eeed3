package org.hnvf;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import java.util.Map;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * Flattens a string expression to a template: the literals as they are, {@code {name}} for a value,
 * {@code [text]} for an optional part and {@code [one / other]} for alternatives.
 */
final class MessageText {

  /** Calls that name nothing: the template shows what they are called on. */
  private static final ImmutableSet<String> TRANSPARENT =
      ImmutableSet.of(
          "value",
          "toString",
          "get",
          "orElse",
          "orElseThrow",
          "map",
          "trim",
          "strip",
          "toList",
          "collect",
          "stream",
          "name",
          "getName",
          "text",
          "toMillis",
          "orElseGet",
          "describe",
          "pid",
          "getKey",
          "getValue",
          "filter");

  private final Map<String, String> constants;

  MessageText(Map<String, String> constants) {
    this.constants = constants;
  }

  /** The template of an expression. */
  String of(Tree tree) {
    if (tree instanceof ParenthesizedTree inner) {
      return of(inner.getExpression());
    }
    if (tree instanceof LiteralTree literal) {
      return String.valueOf(literal.getValue());
    }
    if (tree instanceof BinaryTree sum
        && sum.getKind() == Tree.Kind.PLUS
        && sum.getRightOperand().getKind() != Tree.Kind.INT_LITERAL) {
      return of(sum.getLeftOperand()) + of(sum.getRightOperand());
    }
    if (tree instanceof ConditionalExpressionTree choice) {
      return either(of(choice.getTrueExpression()), of(choice.getFalseExpression()));
    }
    if (tree instanceof MethodInvocationTree call) {
      return call(call);
    }
    if (tree instanceof IdentifierTree name && constants.containsKey(name.getName().toString())) {
      return constants.get(name.getName().toString());
    }
    return "{" + name(tree) + "}";
  }

  private String call(MethodInvocationTree call) {
    String method = method(call);
    ImmutableList<ExpressionTree> arguments = ImmutableList.copyOf(call.getArguments());
    if (method.equals("format") && arguments.get(0) instanceof LiteralTree format) {
      return format(String.valueOf(format.getValue()), arguments);
    }
    if (method.equals("orElse") && arguments.get(0) instanceof LiteralTree) {
      return either(mapped(receiver(call)), of(arguments.get(0)));
    }
    return "{" + name(call) + "}";
  }

  /** Returns the text of {@code x.map(y -> "text" + y)}. */
  private String mapped(@Nullable Tree tree) {
    return tree instanceof MethodInvocationTree call
            && method(call).equals("map")
            && call.getArguments().get(0) instanceof LambdaExpressionTree lambda
        ? of(lambda.getBody())
        : tree == null ? "" : of(tree);
  }

  private String format(String format, ImmutableList<ExpressionTree> arguments) {
    String text = format;
    for (ExpressionTree argument : arguments.subList(1, arguments.size())) {
      text = text.replaceFirst("%[-0-9.]*[a-z]", Matcher.quoteReplacement(of(argument)));
    }
    return text;
  }

  private static String either(String one, String other) {
    if (one.equals(other)) {
      return one;
    }
    return one.isEmpty() || other.isEmpty()
        ? "[" + one + other + "]"
        : "[" + one + " / " + other + "]";
  }

  /** The name that a value is shown by. */
  private String name(Tree tree) {
    if (tree instanceof ParenthesizedTree inner) {
      return name(inner.getExpression());
    }
    if (tree instanceof IdentifierTree identifier) {
      String name = identifier.getName().toString();
      return name.matches("e|fault|thrown") ? "cause" : name;
    }
    if (tree instanceof MemberSelectTree select) {
      return select.getIdentifier().toString();
    }
    if (tree instanceof BinaryTree sum) {
      return name(sum.getLeftOperand());
    }
    if (tree instanceof NewClassTree made) {
      return made.getIdentifier().toString();
    }
    if (!(tree instanceof MethodInvocationTree call)) {
      return "value";
    }
    String method = method(call);
    if (method.matches("getMessage|getOriginalMessage")) {
      return "cause";
    }
    Tree receiver = receiver(call);
    if (method.equals("join")) {
      return name(call.getArguments().get(call.getArguments().size() - 1));
    }
    if (receiver == null) {
      return call.getArguments().size() == 1 ? name(call.getArguments().get(0)) : method;
    }
    return TRANSPARENT.contains(method) ? name(receiver) : method;
  }

  /** The name of the method that is called. */
  static String method(MethodInvocationTree call) {
    Tree select = call.getMethodSelect();
    return select instanceof MemberSelectTree member
        ? member.getIdentifier().toString()
        : select.toString();
  }

  private static @Nullable Tree receiver(MethodInvocationTree call) {
    return call.getMethodSelect() instanceof MemberSelectTree member
        ? member.getExpression()
        : null;
  }
}

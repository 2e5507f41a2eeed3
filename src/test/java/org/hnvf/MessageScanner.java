package org.hnvf;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.hnvf.model.ExitCode;

/**
 * Finds the messages in hnvf's sources: each string expression that reads as prose, and is neither
 * a command, a pattern, the help of a verb, the name of a plan's step, nor the text of a fault that
 * only a bug can cause.
 */
final class MessageScanner extends TreePathScanner<Void, Void> {

  /**
   * A message as it stands in the sources.
   *
   * @param template its text, see {@link MessageText}
   * @param kind the exit status, {@code note}, {@code log} or {@code part}
   * @param file the package and class, such as {@code exec/NioDurableFiles}
   */
  record Found(String template, String kind, String file) {

    String packageName() {
      return file.contains("/") ? file.substring(0, file.lastIndexOf('/')) : "main";
    }
  }

  private static final Path SOURCES = Path.of("src/main/java/org/hnvf");
  private static final Pattern WORD = Pattern.compile("[A-Za-z]{2,}");
  private static final int PROSE_WORDS = 3;

  /**
   * No messages: the laboratory but for its verbs, the plans, which `hnvf plan` shows as they are,
   * the findings of `hnvf doctor`, which docs/doctor.md lists, and lines that only tell how work
   * goes on.
   */
  private static final Pattern SKIPPED =
      Pattern.compile(
          "(sim|plan|freebsd|doctor|lab/(?!cli/))/?.*|lab/[A-Z].*|model/(Action|Expectation|Vlan)"
              + "|daemon/(Causes|Looks)|cli/(TimedProgress|LogProgress|Version)"
              + "|report/(ConfigView|PlanView|DependentsView)");

  /** Texts that these take are compared with, looked for, run or written to a file. */
  private static final ImmutableSet<String> NO_MESSAGE =
      ImmutableSet.of(
          "compile",
          "startsWith",
          "endsWith",
          "contains",
          "equals",
          "matches",
          "replace",
          "replaceAll",
          "indexOf",
          "reading",
          "changing",
          "write",
          "line",
          "getLogger",
          "setName");

  /** Faults that only a bug of hnvf can cause: exit status 70 and a stack. */
  private static final ImmutableSet<String> BUGS =
      ImmutableSet.of(
          "Thread",
          "IllegalArgumentException",
          "IllegalStateException",
          "AssertionError",
          "UncheckedIOException",
          "ParameterException",
          "InitializationException",
          "NullPointerException");

  private static final ImmutableMap<String, ExitCode> FACTORIES =
      ImmutableMap.<String, ExitCode>builder()
          .put("UserException.usage", ExitCode.USAGE)
          .put("UserException.badData", ExitCode.BAD_DATA)
          .put("UserException.noSuchPair", ExitCode.UNAVAILABLE)
          .put("UserException.notRoot", ExitCode.NOT_ROOT)
          .put("UserException.configuration", ExitCode.CONFIGURATION)
          .put("SystemException.failed", ExitCode.SYSTEM)
          .put("SystemException.busy", ExitCode.BUSY)
          .put("Report.nothing", ExitCode.OK)
          .put("Dependent.refused", ExitCode.CONFIGURATION)
          .buildOrThrow();

  /** The arguments of these calls are shown as {@code reason; remedy}: one message. */
  private static final ImmutableSet<String> DEPENDENT =
      ImmutableSet.of("Dependent.refused", "Dependent.told");

  private static final Pattern EXIT = Pattern.compile("ExitCode\\.([A-Z_]+)");
  private static final Pattern NOTES =
      Pattern.compile("Dependent\\.(told|moved)|.*(notes?|told|complaints|unread)\\.add|.*noting");
  private static final Pattern LOGS =
      Pattern.compile("(.*\\.)?(log|says|warn|complain|outcome|say|accept|fact)");

  private final List<Found> found = new ArrayList<>();
  private final Map<String, String> constants = new HashMap<>();
  private String file = "";

  private MessageScanner() {}

  /** All messages of hnvf, in the order of the sources. */
  static ImmutableList<Found> all() throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (Stream<Path> walk = Files.walk(SOURCES);
        StandardJavaFileManager files =
            compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      List<Path> sources =
          walk.filter(path -> path.toString().endsWith(".java"))
              .filter(path -> !SKIPPED.matcher(inSources(path)).matches())
              .sorted()
              .toList();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources));
      MessageScanner scanner = new MessageScanner();
      for (CompilationUnitTree unit : task.parse()) {
        scanner.file = inSources(Path.of(unit.getSourceFile().getName()));
        scanner.constants.clear();
        scanner.scan(unit, null);
      }
      return ImmutableList.copyOf(scanner.found);
    }
  }

  private static String inSources(Path path) {
    String name = path.toString();
    return name.substring(name.indexOf(SOURCES.toString()) + SOURCES.toString().length() + 1)
        .replace(".java", "");
  }

  @Override
  public Void visitVariable(VariableTree variable, Void none) {
    if (variable.getInitializer() instanceof LiteralTree literal
        && variable.getModifiers().toString().contains("static")) {
      constants.put(variable.getName().toString(), String.valueOf(literal.getValue()));
    }
    return super.visitVariable(variable, null);
  }

  @Override
  public Void visitAnnotation(AnnotationTree annotation, Void none) {
    return null;
  }

  @Override
  public Void visitNewClass(NewClassTree made, Void none) {
    return BUGS.contains(made.getIdentifier().toString()) ? null : super.visitNewClass(made, null);
  }

  @Override
  public Void visitMethodInvocation(MethodInvocationTree call, Void none) {
    if (NO_MESSAGE.contains(MessageText.method(call))) {
      return scan(call.getMethodSelect(), null);
    }
    if (call.getArguments().size() == 3 && DEPENDENT.contains(call.getMethodSelect().toString())) {
      MessageText text = new MessageText(constants);
      String reason = text.of(call.getArguments().get(1));
      String remedy = text.of(call.getArguments().get(2));
      String kind = call.getMethodSelect().toString().endsWith("refused") ? "78" : "note";
      if (record(reason + "; " + remedy, kind)) {
        return scan(call.getArguments().get(0), null);
      }
    }
    if (call.toString().startsWith("String.format(")) {
      record(call);
      return null;
    }
    return super.visitMethodInvocation(call, null);
  }

  @Override
  public Void visitBinary(BinaryTree sum, Void none) {
    if (sum.getKind() == Tree.Kind.PLUS && record(sum)) {
      return null;
    }
    return super.visitBinary(sum, null);
  }

  @Override
  public Void visitLiteral(LiteralTree literal, Void none) {
    if (literal.getKind() == Tree.Kind.STRING_LITERAL) {
      record(literal);
    }
    return null;
  }

  /** Records an expression that is a message; whether it is one. */
  private boolean record(Tree tree) {
    return record(new MessageText(constants).of(tree), kind(getCurrentPath()));
  }

  private boolean record(String text, String kind) {
    String template = text.replace("\n", "\\n").strip();
    String prose = template.replaceAll("\\{[^}]*}", " ");
    if (template.startsWith("Routing tables")) {
      return false; // a heading of netstat(1)
    }
    boolean number = kind.matches("\\d+");
    if (words(prose) >= (number ? 1 : PROSE_WORDS) && prose.strip().contains(" ")) {
      found.add(new Found(template, kind, file));
      return true;
    }
    return false;
  }

  private static int words(String prose) {
    Matcher matcher = WORD.matcher(prose);
    int words = 0;
    while (matcher.find()) {
      words++;
    }
    return words;
  }

  /** Returns the kind of a text by the calls around it. */
  private static String kind(TreePath path) {
    for (TreePath at = path.getParentPath(); at != null; at = at.getParentPath()) {
      Tree tree = at.getLeaf();
      if (tree instanceof MethodTree || tree instanceof VariableTree) {
        break;
      }
      if (tree instanceof MethodInvocationTree call) {
        String name = call.getMethodSelect().toString().replaceAll("\\s", "");
        if (FACTORIES.containsKey(name)) {
          return String.valueOf(FACTORIES.get(name).status());
        }
        for (ExpressionTree argument : call.getArguments()) {
          Matcher exit = EXIT.matcher(argument.toString());
          if (exit.matches()) {
            return String.valueOf(ExitCode.valueOf(exit.group(1)).status());
          }
        }
        if (NOTES.matcher(name).matches()) {
          return "note";
        }
        if (LOGS.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
          return "log";
        }
      }
    }
    return "part";
  }
}

package org.hnvf.lab.replay;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hnvf.lab.replay.Node.Piece;
import org.hnvf.lab.replay.Node.Redirect;
import org.hnvf.lab.replay.Node.Word;
import org.hnvf.lab.replay.Trace.Effect;

/** As much of sh(1) as transcripts need, over the simulated guest. */
final class Shell {
  private final GuestPrograms programs;
  private final Map<String, String> variables = new HashMap<>();
  private Trace trace = new Trace();

  /** The exit status of the last command. */
  private int status;

  Shell(GuestPrograms programs) {
    this.programs = programs;
  }

  /** The output of a line, and its effects. */
  record Ran(Said said, Trace trace) {}

  /** Runs what can be run of a line. */
  Ran line(String line) {
    trace = new Trace();
    programs.traceInto(trace);
    status = 0;
    variables.clear();
    try {
      Output output = new Output();
      run(ShellSyntax.parse(line), "", output);
      return new Ran(new Said(output.out.toString(), output.err.toString(), status), trace);
    } catch (ShellSyntax.NotUnderstood e) {
      trace.outOfScope(String.valueOf(e.getMessage()), Effect.ANYTHING);
      return new Ran(Said.NOTHING, trace);
    }
  }

  private static final class Output {
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder err = new StringBuilder();

    void add(Said said) {
      out.append(said.stdout());
      err.append(said.stderr());
    }
  }

  private void run(Node node, String input, Output output) {
    if (node instanceof Node.Sequence it) {
      it.parts().forEach(part -> run(part, input, output));
    } else if (node instanceof Node.AndOr it) {
      run(it.left(), input, output);
      if ((status == 0) == it.and()) {
        run(it.right(), input, output);
      }
    } else if (node instanceof Node.Pipeline it) {
      pipeline(it.stages(), input, output);
    } else if (node instanceof Node.Loop it) {
      for (String value : expand(it.values())) {
        variables.put(it.variable(), value);
        run(it.body(), input, output);
      }
    } else if (node instanceof Node.Timed it) {
      run(it.what(), input, output);
      output.err.append("        0.00 real         0.00 user         0.00 sys\n");
    } else if (node instanceof Node.Background it) {
      background(it.what(), output);
    } else if (node instanceof Node.Subshell it) {
      run(it.body(), input, output);
    } else if (node instanceof Node.Simple it) {
      simple(it, input, output);
    }
  }

  private void pipeline(ImmutableList<Node> stages, String input, Output output) {
    String between = input;
    for (int i = 0; i < stages.size(); i++) {
      Output stage = new Output();
      run(stages.get(i), between, stage);
      between = stage.out.toString();
      output.err.append(stage.err);
    }
    output.out.append(between);
  }

  /** {@code (sleep N; sysctl debug.fakehn.…) &}: the host does something later. */
  private void background(Node node, Output output) {
    if (node instanceof Node.Subshell subshell
        && subshell.body() instanceof Node.Sequence body
        && body.parts().size() == 2
        && body.parts().get(0) instanceof Node.Simple sleep
        && body.parts().get(1) instanceof Node.Simple what) {
      List<String> first = expand(sleep.words());
      List<String> second = expand(what.words());
      boolean known =
          first.size() == 2
              && second.size() == 2
              && first.get(0).equals("sleep")
              && second.get(0).equals("sysctl")
              && Rig.isNode(second.get(1));
      if (known) {
        Duration delay = GuestPrograms.seconds(first.get(1));
        programs.rig().setAfter(delay, second.get(1)).ifPresent(output.out::append);
        return;
      }
    }
    trace.outOfScope("\"&\" of sh", Effect.NONE);
  }

  private void simple(Node.Simple simple, String input, Output output) {
    if (simple.words().stream().anyMatch(Shell::isOfABackgroundProcess)) {
      // Its process id is not known, and so a file that it is written to is not there.
      trace.outOfScope("$! of sh", Effect.NONE);
      return;
    }
    List<String> words = expand(simple.words());
    Said said = words.isEmpty() ? Said.NOTHING : programs.run(words, input, status);
    status = said.status();
    output.add(redirected(said, simple.redirects()));
  }

  private static boolean isOfABackgroundProcess(Word word) {
    return word.pieces().stream()
        .anyMatch(piece -> piece instanceof Node.Variable it && it.name().equals("!"));
  }

  /** Standard output to a file or pipe is written when the program ends, after its errors. */
  private Said redirected(Said said, ImmutableList<Redirect> redirects) {
    String out = said.stdout();
    String err = said.stderr();
    boolean outToFile = false;
    for (Redirect redirect : redirects) {
      String target = String.join(" ", expand(ImmutableList.of(redirect.target())));
      if (redirect.descriptor() == 2 && target.equals("&1")) {
        out = outToFile ? out : err + out;
        err = "";
      } else if (redirect.descriptor() == 2) {
        programs.write(target, err, redirect.append());
        err = "";
      } else if (target.startsWith("&")) {
        trace.outOfScope(">" + target + " of sh", Effect.NONE);
      } else {
        boolean both = redirects.stream().anyMatch(r -> r.target().plain().equals("&1"));
        programs.write(target, both ? err + out : out, redirect.append());
        out = "";
        outToFile = true;
      }
    }
    return new Said(out, err, said.status());
  }

  private List<String> expand(ImmutableList<Word> words) {
    List<String> result = new ArrayList<>();
    for (Word word : words) {
      expand(word, result);
    }
    return result;
  }

  private void expand(Word word, List<String> into) {
    StringBuilder text = new StringBuilder();
    boolean keep = false;
    for (Piece piece : word.pieces()) {
      String value = value(piece);
      if (isQuoted(piece)) {
        keep = true;
        text.append(value);
      } else if (piece instanceof Node.Text) {
        text.append(value);
      } else {
        String[] fields = value.strip().split("\\s+", -1);
        for (int i = 0; i < fields.length; i++) {
          if (i > 0) {
            into.add(text.toString());
            text.setLength(0);
          }
          text.append(fields[i]);
        }
      }
    }
    if (keep || text.length() > 0) {
      into.add(text.toString());
    }
  }

  private static boolean isQuoted(Piece piece) {
    if (piece instanceof Node.Text text) {
      return text.quoted();
    }
    if (piece instanceof Node.Variable variable) {
      return variable.quoted();
    }
    return piece instanceof Node.Substitution substitution && substitution.quoted();
  }

  private String value(Piece piece) {
    if (piece instanceof Node.Text text) {
      return text.text();
    }
    if (piece instanceof Node.Variable variable) {
      return variable.name().equals("?")
          ? Integer.toString(status)
          : variables.getOrDefault(variable.name(), "");
    }
    Output output = new Output();
    if (piece instanceof Node.Substitution substitution) {
      run(substitution.node(), "", output);
    }
    return output.out.toString().stripTrailing();
  }
}

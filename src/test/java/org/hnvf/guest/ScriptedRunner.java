package org.hnvf.guest;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hnvf.exec.CommandRunner;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;

/** Answers each command line with what was recorded for it, and remembers what was asked. */
final class ScriptedRunner implements CommandRunner {

  private record Answer(CommandResult.Ending ending, String stdout, String stderr) {}

  private final Map<String, Answer> answers = new HashMap<>();
  private final List<String> asked = new ArrayList<>();

  void prints(Command command, String stdout) {
    answers(command, new CommandResult.Exited(0), stdout, "");
  }

  void fails(Command command, int status, String stderr) {
    answers(command, new CommandResult.Exited(status), "", stderr);
  }

  void answers(Command command, CommandResult.Ending ending, String stdout, String stderr) {
    answers.put(command.line(), new Answer(ending, stdout, stderr));
  }

  ImmutableList<String> asked() {
    return ImmutableList.copyOf(asked);
  }

  @Override
  public CommandResult run(Command command) {
    asked.add(command.line());
    Answer answer =
        answers.getOrDefault(
            command.line(), new Answer(new CommandResult.NotFound("the script"), "", ""));
    return new CommandResult(
        command, answer.ending(), answer.stdout(), answer.stderr(), Duration.ZERO);
  }
}

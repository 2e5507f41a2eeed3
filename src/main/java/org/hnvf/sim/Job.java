package org.hnvf.sim;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.hnvf.exec.KeptOutput;
import org.hnvf.model.Command;

/** One command while it runs: what it was given, what it has written, and its time. */
final class Job {
  private final Command command;
  private final SimState state;
  private final Scheduler engine;
  private final long started;
  private final long limit;
  private final Crowd crowd;
  private final StringBuilder out = new StringBuilder();
  private final List<byte[]> outBefore = new ArrayList<>();
  private final StringBuilder err = new StringBuilder();
  private int status;

  Job(Command command, SimState state, Scheduler engine, long limit, Crowd crowd) {
    this.command = command;
    this.state = state;
    this.engine = engine;
    this.started = state.now;
    this.limit = limit;
    this.crowd = crowd;
  }

  Command command() {
    return command;
  }

  ImmutableList<String> args() {
    return command.arguments();
  }

  long started() {
    return started;
  }

  void out(String text) {
    out.append(text);
  }

  /** Writes that part of the text which the command asks for. */
  void out(Crowd.Block block) {
    outBefore.add(out.toString().getBytes(UTF_8));
    outBefore.add(block.keptBy(command.filter()));
    out.setLength(0);
  }

  /** Returns the large guest's interfaces, routes and processes, which are only printed. */
  Crowd crowd() {
    return crowd;
  }

  void err(String text) {
    err.append(text);
  }

  /** Writes a line to standard error and sets the exit status. */
  void fail(int exitStatus, String line) {
    err.append(line).append('\n');
    status = exitStatus;
  }

  void status(int exitStatus) {
    status = exitStatus;
  }

  int status() {
    return status;
  }

  /** Standard output as a runner would keep it. */
  KeptOutput stdout(int cap) {
    KeptOutput kept = new KeptOutput(command.filter(), cap);
    outBefore.forEach(bytes -> kept.add(bytes, bytes.length));
    kept.add(out.toString());
    kept.end();
    return kept;
  }

  String stderr() {
    return err.toString();
  }

  /** Lets time pass until an instant; at the time limit the command is killed. */
  void waitUntil(long at) throws OutOfTime {
    engine.advanceTo(Math.min(at, limit));
    if (at >= limit) {
      throw new OutOfTime();
    }
  }

  /** Lets time pass until something is due in the guest, or the time limit is over. */
  void waitForNext() throws OutOfTime {
    waitUntil(Math.max(state.now, engine.nextDue()));
  }

  void sleep(long micros) throws OutOfTime {
    waitUntil(state.now + micros);
  }
}

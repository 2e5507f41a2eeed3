package org.hnvf.cli;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.hnvf.control.Answer;
import org.hnvf.control.Request;
import org.hnvf.control.RequestHandler;
import org.hnvf.control.RequestLine;
import org.hnvf.daemon.Daemon;
import org.hnvf.event.DevdLine;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.report.Json;
import org.hnvf.report.Style;
import org.hnvf.service.Planned;
import org.hnvf.service.Report;

/**
 * Answers the daemon's clients. An event is put into its mailbox at once; workers do everything
 * else and answer when it is done, with the text of the command line.
 */
final class ControlHandler implements RequestHandler {

  private static final String PREFIX = "hnvf: ";

  private final Daemon daemon;
  private final Executor workers;

  ControlHandler(Daemon daemon, Executor workers) {
    this.daemon = daemon;
    this.workers = workers;
  }

  @Override
  public void answer(String line, Consumer<Answer> reply) {
    try {
      Request request = RequestLine.parse(line);
      if (request instanceof Request.Event event) {
        reply.accept(tell(event.line()));
      } else if (request instanceof Request.Ping) {
        reply.accept(Answer.of(Version.text() + "\n", "", ExitCode.OK.status()));
      } else {
        workers.execute(() -> reply.accept(served(request)));
      }
    } catch (HnvfException e) {
      reply.accept(fault(e));
    }
  }

  private Answer tell(String line) throws HnvfException {
    return daemon.tell(DevdLine.parse(line))
        ? Answer.ok()
        : Answer.fault(
            PREFIX + "the daemon is stopping or does not respond; the event was not queued",
            ExitCode.UNAVAILABLE);
  }

  private Answer served(Request request) {
    try {
      return serve(request);
    } catch (HnvfException | RuntimeException e) {
      return fault(e);
    } catch (Error e) {
      daemon.fail(e);
      return fault(e);
    }
  }

  private static Answer fault(Throwable fault) {
    String text =
        fault instanceof HnvfException
            ? String.valueOf(fault.getMessage())
            : "this is a bug of hnvf: " + fault;
    return Answer.fault(PREFIX + text, ExitCode.of(fault));
  }

  private Answer serve(Request request) throws HnvfException {
    if (request instanceof Request.Status status) {
      return status(status);
    }
    if (request instanceof Request.Plan plan) {
      Planned made =
          daemon.read(plan.hn().value(), o -> o.planned(plan.hn(), plan.verb().intent()));
      return Answer.of(
          plan.json() ? new Json().print(ReportView.data(made)) : ReportView.text(made),
          made.refusal().map(PREFIX::concat).orElse(""),
          ReportView.status(made));
    }
    if (request instanceof Request.Reload) {
      daemon.reload();
      return Answer.of("the configuration was read again\n", "", ExitCode.OK.status());
    }
    return act(request);
  }

  private Answer act(Request request) throws HnvfException {
    if (request instanceof Request.Failover r) {
      return act("failover", r.hn(), r.json(), o -> o.failover(r.hn(), r.duration()));
    }
    if (request instanceof Request.Failback r) {
      return act("failback", r.hn(), r.json(), o -> o.failback(r.hn()));
    }
    if (request instanceof Request.Release r) {
      return act("release", r.hn(), r.json(), o -> o.release(r.hn()));
    }
    if (request instanceof Request.VfUp r) {
      return act("vf-up", r.hn(), r.json(), o -> o.vfUp(r.hn()));
    }
    if (request instanceof Request.VfDown r) {
      return act("vf-down", r.hn(), r.json(), o -> o.vfDown(r.hn()));
    }
    if (request instanceof Request.Attach r) {
      return act("attach", r.vf(), r.json(), o -> o.attach(r.vf()));
    }
    throw new IllegalArgumentException("no answer to " + request);
  }

  private Answer act(String verb, InterfaceName name, boolean json, Daemon.Deed<Report> deed)
      throws HnvfException {
    Report report = daemon.act(name.value(), verb + " of " + name, deed);
    return Answer.of(
        json ? new Json().print(ReportView.data(report)) : ReportView.text(report),
        ReportView.messages(report).stream().map(PREFIX::concat).collect(Collectors.joining("\n")),
        report.exitStatus());
  }

  private Answer status(Request.Status request) throws HnvfException {
    return daemon.read(
        "status",
        orchestrator -> {
          GuestStatus status = GuestStatus.of(orchestrator, request.hn(), request.verbose());
          String text =
              request.json()
                  ? new Json().print(status.data())
                  : status.text(request.colour() ? Style.COLOUR : Style.PLAIN);
          return Answer.of(text, "", ExitCode.OK.status());
        });
  }
}

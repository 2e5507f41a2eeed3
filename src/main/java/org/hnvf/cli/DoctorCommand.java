package org.hnvf.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hnvf.doctor.DaemonProbe;
import org.hnvf.doctor.Doctor;
import org.hnvf.model.Diagnosis;
import org.hnvf.model.HnvfException;
import org.hnvf.report.DiagnosisView;
import org.hnvf.service.Machine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hnvf doctor}. */
@Command(
    name = "doctor",
    description =
        "Examines the guest by a fixed list of checks. Shows each finding, why it matters, and the"
            + " command that fixes it. Changes nothing. Exit status: 69 if a finding is a fault, 78"
            + " if one is a warning, otherwise 0.")
final class DoctorCommand implements Callable<Integer> {

  /** The event script waits as long for the daemon. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Console console;

  @Mixin private final GuestBin guestBin = new GuestBin();

  @Option(names = "--json", description = "show the answer as data")
  private boolean json;

  DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws HnvfException {
    Diagnosis diagnosis;
    try (OpenGuest guest = console.guests().open(guestBin.directory())) {
      Machine machine = guest.machine();
      diagnosis =
          new Doctor(
                  machine,
                  guest.owner(),
                  DaemonProbe.ofSocket(machine.root(), PATIENCE),
                  callersPath(machine))
              .examine();
    }
    if (json) {
      console.json(DiagnosisView.data(diagnosis));
    } else {
      console.answer(DiagnosisView.text(diagnosis));
    }
    return diagnosis.exitCode().status();
  }

  /** Returns the PATH of this process, if it is one of the guest. */
  private static Optional<String> callersPath(Machine machine) {
    return machine.root().equals(Path.of("/"))
        ? Optional.ofNullable(System.getenv("PATH"))
        : Optional.empty();
  }
}

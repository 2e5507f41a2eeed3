package org.hnvf.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hnvf.capture.CaptureText;
import org.hnvf.capture.Collected;
import org.hnvf.capture.Collector;
import org.hnvf.exec.NewFile;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnvfException;
import org.hnvf.model.Settings;
import org.hnvf.override.HookScripts;
import org.hnvf.override.OverrideScripts;
import org.hnvf.service.Machine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hnvf capture [FILE]}. */
@Command(
    name = "capture",
    description =
        "Writes one text file with all that hnvf reads of this guest, for a bug report or a"
            + " rehearsal. Addresses and names are replaced; keys and passwords are never in it."
            + " Changes nothing.")
final class CaptureCommand implements Callable<Integer> {

  private static final int KEY_BYTES = 32;

  private final Console console;

  @Mixin private final GuestBin guestBin = new GuestBin();

  @Option(names = "--as-is", description = "keep addresses, names and texts as they are")
  private boolean asIs;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "a file that does not exist yet (default: standard output)")
  private @Nullable Path file;

  CaptureCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws HnvfException {
    Optional<NewFile> target = Optional.ofNullable(file).map(NewFile::new);
    if (target.isPresent()) {
      target.get().requireNew();
    }
    String text = text();
    if (target.isPresent()) {
      target.get().write(text);
    } else {
      console.answer(text);
    }
    return ExitCode.OK.status();
  }

  private String text() throws HnvfException {
    Collected collected;
    try (OpenGuest guest = console.guests().open(guestBin.directory())) {
      collected = new Collector(guest.machine(), scripts(guest), hooks(guest)).collect();
    }
    collected.notes().forEach(console::log);
    if (asIs) {
      return CaptureText.asIs(collected, Version.number());
    }
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return CaptureText.anonymous(collected, Version.number(), key);
  }

  private static OverrideScripts scripts(OpenGuest guest) {
    Machine machine = guest.machine();
    return new OverrideScripts(
        machine.root(),
        machine.prefix(),
        machine.runner(),
        guest.owner(),
        Settings.DEFAULTS.scriptTimeLimit());
  }

  private static HookScripts hooks(OpenGuest guest) {
    return new HookScripts(guest.machine().root(), guest.machine().prefix(), guest.owner());
  }
}

package org.hnvf.doctor;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.exec.OwnDirectories;
import org.hnvf.freebsd.Df;
import org.hnvf.model.GuestState;
import org.hnvf.model.Severity;

/** The machine: the lagg module, the disk, the clock, and root's environment. */
final class MachineChecks {

  /** A journal and its history need much less. */
  private static final long LEAST_KIB = 10 * 1024;

  private static final Duration TOLERANCE = Duration.ofMinutes(1);
  private static final ImmutableSet<String> OF_BASE =
      ImmutableSet.of("/bin/sh", "/bin/csh", "/bin/tcsh");
  private static final ImmutableList<String> NEEDED =
      ImmutableList.of("/sbin", "/bin", "/usr/sbin", "/usr/bin");

  private static final String PATH = "/sbin:/bin:/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin";

  static final ImmutableList<Check> ALL =
      ImmutableList.of(
          new Check(
              "lagg-module",
              Severity.FAULT,
              "lagg(4) is not in the kernel and cannot be loaded",
              "hnvf cannot create the lagg, so it does not use the VF.",
              "`make -C /usr/src/sys/modules/if_lagg all install`, or `if_lagg_load=\"YES\"` in"
                  + " `/boot/loader.conf`",
              MachineChecks::lagg),
          new Check(
              "disk",
              Severity.WARNING,
              "less than 10 MiB are free under `/var/db/hnvf`",
              "On a full disk hnvf begins no workflow, because it cannot write a journal.",
              "`du -xh -t 10M /var`",
              MachineChecks::disk),
          new Check(
              "clock",
              Severity.WARNING,
              "a record of a pair is later than the clock: the clock went back",
              "hnvf counts how often the VF came up by these times, and may leave it down for hours.",
              "`rm /var/db/hnvf/hn0.ups`",
              MachineChecks::clock),
          new Check(
              "root-shell",
              Severity.NOTE,
              "the shell of root does not exist",
              "root cannot log in on the console when the guest is cut off.",
              "`pw usermod root -s /bin/sh`",
              MachineChecks::shell),
          new Check(
              "root-path",
              Severity.NOTE,
              "the PATH of root has a relative directory, or lacks one of the base system",
              "A command of the manual may run another program, or none.",
              "`export PATH=" + PATH + "`, in csh(1) `setenv PATH ...`",
              MachineChecks::path));

  private MachineChecks() {}

  private static Stream<Found> lagg(GuestFacts facts) throws NotKnownException {
    GuestState guest = facts.guest().get();
    boolean used = guest.interfaces().values().stream().anyMatch(one -> one.lagg().isPresent());
    if (guest.hyperV().isTransparent() || used || facts.status(Questions.LAGG) == 0) {
      return Stream.empty();
    }
    if (!facts.files().exists(Places.LAGG_MODULE)) {
      if (!facts.files().exists(Places.KERNEL)) {
        throw new NotKnownException("there is no file " + Places.KERNEL);
      }
      return Stream.of(
          Found.of(
              "There is no file " + Places.LAGG_MODULE + ", and lagg(4) is not in the kernel.",
              "make -C /usr/src/sys/modules/if_lagg all install"));
    }
    String level = facts.told(Questions.SECURE_LEVEL).strip();
    return level.matches("[1-9][0-9]*")
        ? Stream.of(
            Found.of(
                "kern.securelevel is "
                    + level
                    + ": no module can be loaded, and lagg(4) is not"
                    + " loaded.",
                "echo 'if_lagg_load=\"YES\"' >>" + Places.LOADER,
                "shutdown -r now"))
        : Stream.empty();
  }

  private static Stream<Found> disk(GuestFacts facts) throws NotKnownException {
    boolean own = facts.answers().containsKey(Questions.DISK.argv());
    String text = facts.told(own ? Questions.DISK : Questions.DISK_ABOVE);
    long free =
        Df.available(text).orElseThrow(() -> new NotKnownException("df(1) shows no free space"));
    return free < LEAST_KIB
        ? Stream.of(
            Found.of(
                    Math.max(0, free) + " KiB are free under " + OwnDirectories.STATE + ".",
                    "du -xh -t 10M /var")
                .remedy("Delete files that are not needed. The command lists large directories."))
        : Stream.empty();
  }

  private static Stream<Found> clock(GuestFacts facts) throws NotKnownException {
    Instant latest = facts.now().plus(TOLERANCE);
    return facts.pairs().get().stream()
        .flatMap(
            pair ->
                pair.ups().stream()
                    .filter(up -> up.isAfter(latest))
                    .limit(1)
                    .map(up -> future(facts, pair, up)));
  }

  private static Found future(GuestFacts facts, PairFacts pair, Instant up) {
    return Found.of(
            "The VF of "
                + pair.hn()
                + " came up at "
                + up
                + " by its record, and now it is "
                + facts.now()
                + ".",
            "rm " + OwnDirectories.STATE + "/hn" + pair.status().pair().unit() + ".ups")
        .remedy("If the clock is wrong now, set it first.");
  }

  private static Stream<Found> shell(GuestFacts facts) throws NotKnownException {
    String passwd =
        facts
            .files()
            .text(Places.PASSWD)
            .orElseThrow(() -> new NotKnownException("there is no file " + Places.PASSWD));
    Optional<String> shell = Passwd.rootShell(passwd);
    return shell.stream()
        .filter(path -> !OF_BASE.contains(path) && !facts.files().exists(path))
        .map(
            path ->
                Found.of(
                    "The shell of root is " + path + ", which does not exist.",
                    "pw usermod root -s /bin/sh"));
  }

  private static Stream<Found> path(GuestFacts facts) throws NotKnownException {
    String path =
        facts.path().orElseThrow(() -> new NotKnownException("the caller is not on this guest"));
    ImmutableList<String> parts = ImmutableList.copyOf(Splitter.on(':').split(path));
    Optional<String> relative = parts.stream().filter(part -> !part.startsWith("/")).findFirst();
    Optional<String> missing = NEEDED.stream().filter(part -> !parts.contains(part)).findFirst();
    ImmutableList<String> texts =
        Stream.concat(
                relative.stream()
                    .map(part -> "PATH has the directory \"" + part + "\", which is not absolute."),
                missing.stream().map(part -> "PATH lacks the directory " + part + "."))
            .collect(ImmutableList.toImmutableList());
    if (texts.isEmpty()) {
      return Stream.empty();
    }
    String command = (isCsh(facts) ? "setenv PATH " : "export PATH=") + PATH;
    return texts.stream().map(text -> Found.of(text, command));
  }

  /** Returns whether root's shell has no export: it is csh(1) on older systems. */
  private static boolean isCsh(GuestFacts facts) throws NotKnownException {
    return facts
        .files()
        .text(Places.PASSWD)
        .flatMap(Passwd::rootShell)
        .filter(shell -> shell.endsWith("csh"))
        .isPresent();
  }
}

package org.hnvf.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The directory in which a shell completes: it has a file, a directory, and an ifconfig(8) that
 * lists interfaces as FreeBSD's does.
 */
final class CompletionScratch {

  private final Path directory;
  private final Path programs;

  CompletionScratch(Path directory) throws IOException {
    this.directory = directory;
    this.programs = Files.createDirectory(directory.resolve("bin"));
    Files.createDirectory(directory.resolve("directory"));
    Files.writeString(directory.resolve("file"), "");
    Files.writeString(
        ifconfig(),
        "#!/bin/sh\n[ \"$*\" = -l ] && echo lo0 hn0 hn1 mlxen0 mana0 lagg0 vlan7 hn0.100 ext0\n");
    Files.setPosixFilePermissions(ifconfig(), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  Path ifconfig() {
    return programs.resolve("ifconfig");
  }

  /** Returns a process in this directory that finds the ifconfig(8). */
  ProcessBuilder process(Iterable<String> argv) {
    ProcessBuilder builder = new ProcessBuilder().directory(directory.toFile());
    argv.forEach(builder.command()::add);
    builder.environment().put("PATH", programs + ":/usr/local/bin:/usr/bin:/bin");
    return builder.redirectErrorStream(true);
  }
}

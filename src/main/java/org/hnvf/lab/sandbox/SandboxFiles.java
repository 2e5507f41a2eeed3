package org.hnvf.lab.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;

/** The files of a sandbox that others use: the socket, {@code bin} and {@code host}. */
final class SandboxFiles {

  /** The largest length of {@code sun_path} on FreeBSD, with its end (sys/un.h). */
  private static final int LONGEST_SOCKET = 103;

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  /**
   * Words go to the server with a NUL after each, which no argument can contain. The answer is for
   * {@code eval}.
   */
  private static final String CLIENT =
      """
      #!/bin/sh
      # %1$s of the simulated guest in
      # %2$s
      # which `hnvf sandbox` keeps. This asks that server, and says what it said.
      %6$sanswer=$(printf '%%s\\0' %3$s "$@" | %4$s -U -N %5$s)
      if [ -z "$answer" ]; then
      	echo "%1$s: no sandbox answers; is \\`hnvf sandbox\\` running?" >&2
      	exit 69
      fi
      eval "$answer"
      """;

  /** Prints each message as it arrives, until the sandbox or this program ends. */
  private static final String MONITOR =
      """
      case "$*" in
      *monitor)
      	printf 'monitor\\0' | %1$s -U -N %2$s
      	exit
      	;;
      esac
      """;

  private final Path directory;
  private final Path netcat;

  /**
   * The files of the sandbox in this directory.
   *
   * @param netcat an nc(1) that knows {@code -U} and {@code -N}
   * @throws UserException (usage) where the directory's name is too long for a socket in it
   */
  SandboxFiles(Path directory, Path netcat) throws UserException {
    this.directory = directory;
    this.netcat = netcat;
    if (socket().toString().getBytes(UTF_8).length > LONGEST_SOCKET) {
      throw UserException.usage(
          "the name of "
              + directory
              + " is too long: with /socket behind it, it may have "
              + LONGEST_SOCKET
              + " bytes");
    }
  }

  Path socket() {
    return directory.resolve("socket");
  }

  /**
   * Creates the directory for its owner alone, if it does not exist.
   *
   * @throws SystemException if it cannot be created
   */
  void makeDirectory() throws SystemException {
    try {
      if (!Files.isDirectory(directory)) {
        FileAttribute<?> mode = PosixFilePermissions.asFileAttribute(OWNER_ONLY);
        Files.createDirectories(directory, mode);
      }
    } catch (IOException e) {
      throw SystemException.failed("cannot make " + directory + ": " + e, e);
    }
  }

  /**
   * Makes {@code host}, and a client in {@code bin} for each of these programs.
   *
   * @throws SystemException where one cannot be written
   */
  void write(ImmutableSet<String> programs) throws SystemException {
    try {
      Path bin = directory.resolve("bin");
      if (!Files.isDirectory(bin)) {
        Files.createDirectory(bin, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      }
      for (String program : programs) {
        write(
            bin.resolve(program),
            program,
            "run " + program,
            program.equals("route") ? MONITOR : "");
      }
      write(directory.resolve("host"), "The host", "host", "");
    } catch (IOException e) {
      throw SystemException.failed("cannot write the programs of the sandbox: " + e, e);
    }
  }

  private void write(Path file, String title, String words, String before) throws IOException {
    String netcat = ShellAnswer.quoted(this.netcat.toString());
    String socket = ShellAnswer.quoted(socket().toString());
    String text =
        CLIENT.formatted(
            title,
            directory.toString().replace('\n', ' '),
            words,
            netcat,
            socket,
            before.formatted(netcat, socket));
    Files.deleteIfExists(file);
    Files.writeString(file, text, UTF_8);
    Files.setPosixFilePermissions(file, OWNER_ONLY);
  }
}

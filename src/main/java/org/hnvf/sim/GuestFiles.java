package org.hnvf.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of the guest under its root. They are read each time, because the user of the guest
 * changes them, too.
 */
public final class GuestFiles {
  private final Path root;

  GuestFiles(Path root) {
    this.root = root;
  }

  Path path(String absolute) {
    return root.resolve(absolute.substring(1));
  }

  /** The text of a file; empty where there is no such file. */
  public Optional<String> read(String file) {
    Path path = path(file);
    if (!Files.isRegularFile(path)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(path, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path + " of the simulated guest", e);
    }
  }

  /** Whether a file can be there: it is no directory, and what leads to it are directories. */
  public boolean canHold(String file) {
    Path path = path(file).normalize();
    if (path.getFileName() == null || path.equals(root) || Files.isDirectory(path)) {
      return false;
    }
    for (Path at = path.getParent(); at != null; at = at.getParent()) {
      if (Files.exists(at) && !Files.isDirectory(at)) {
        return false;
      }
    }
    return true;
  }

  /** Writes a file anew, with the directories that lead to it. */
  public void write(String file, String text) {
    Path path = path(file);
    try {
      Files.createDirectories(path.getParent());
      Files.writeString(path, text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path + " of the simulated guest", e);
    }
  }

  /** Deletes a file, if it is there. */
  public void delete(String file) {
    Path path = path(file);
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + path + " of the simulated guest", e);
    }
  }

  /** The names in a directory, sorted; none where there is no such directory. */
  public List<String> list(String directory) {
    Path path = path(directory);
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries.map(e -> e.getFileName().toString()).sorted().collect(Collectors.toList());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + path + " of the simulated guest", e);
    }
  }
}

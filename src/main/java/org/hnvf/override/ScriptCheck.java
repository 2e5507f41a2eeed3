package org.hnvf.override;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.hnvf.override.FileFacts.Facts;
import org.hnvf.override.FileFacts.Kind;
import org.hnvf.override.FileFacts.Rights;
import org.hnvf.override.OverrideScript.Accepted;
import org.hnvf.override.OverrideScript.Refused;

/**
 * Checks that only root can have written a script, and that the kernel can start it: it must be an
 * executable regular file with an interpreter that exists, and it and every directory and link on
 * its path, from the root down, must belong to root and not be writable by group or others. The
 * sticky bit of a directory does not suffice: any user may create a file there.
 *
 * <p>Links are resolved here, step by step, so that the directories on their paths are checked,
 * too; an absolute link starts again at the guest's root. The mode of a link is not checked: the
 * kernel ignores it, and changing a link takes write access to its directory.
 */
final class ScriptCheck {

  /** The largest number of links; FreeBSD follows fewer (MAXSYMLINKS in sys/param.h is 32). */
  private static final int MOST_LINKS = 40;

  private static final int GROUP_OR_OTHERS_WRITE = 0022;
  private static final int ANYBODY_EXECUTES = 0111;
  private static final Splitter COMPONENTS = Splitter.on('/').omitEmptyStrings();

  private final Path root;
  private final FileFacts fileFacts;
  private final OwnerPolicy owner;
  private final Interpreter interpreter;

  ScriptCheck(Path root, FileFacts fileFacts, OwnerPolicy owner, Interpreter interpreter) {
    this.root = root;
    this.fileFacts = fileFacts;
    this.owner = owner;
    this.interpreter = interpreter;
  }

  /**
   * Creates a check of scripts on a guest. A guest in a directory has no kernel, so this machine's
   * starts the interpreter.
   */
  static ScriptCheck of(Path root, OwnerPolicy owner) {
    return new ScriptCheck(
        root,
        FileFacts.of(root.getFileSystem()),
        owner,
        new Interpreter(FileSystems.getDefault().getPath("/")));
  }

  /** Returns the script of this absolute path on the guest; empty if it does not exist. */
  Optional<OverrideScript> look(String path) {
    return faults(path)
        .map(all -> all.isEmpty() ? new Accepted(path) : new Refused(path, all.get(0)));
  }

  /**
   * Returns all reasons why this script may not be run, the first one first; empty if the script
   * does not exist.
   */
  Optional<ImmutableList<String>> faults(String path) {
    try {
      Way way = new Way(root.toRealPath(), path);
      way.walk();
      return way.scriptSeen ? Optional.of(ImmutableList.copyOf(way.faults)) : Optional.empty();
    } catch (IOException e) {
      return Optional.of(ImmutableList.of("it cannot be read: " + e));
    }
  }

  /** Returns owner and mode of the file of this absolute path, for display; empty if none. */
  Optional<String> rights(String path) {
    try {
      return fileFacts
          .at(root.resolve(path.substring(1)))
          .map(facts -> facts.rights().map(ScriptCheck::shown).orElse("owner and mode unknown"));
    } catch (IOException e) {
      return Optional.of("owner and mode unknown");
    }
  }

  private static String shown(Rights rights) {
    return String.format(
        "owner %s mode %04o", rights.ownedByRoot() ? "root" : "other", rights.mode());
  }

  /** One walk from the root to a script. */
  private final class Way {
    private final Path top;
    private final Deque<String> ahead = new ArrayDeque<>();
    private Path at;
    private int links;

    /** Whether the script's own entry exists, which may be a link without a target. */
    private boolean scriptSeen;

    /** The faults so far. None ends the walk, because the script may not exist at all. */
    private final List<String> faults = new ArrayList<>();

    Way(Path top, String path) {
      this.top = top;
      this.at = top;
      prepend(path);
    }

    void walk() throws IOException {
      checkDirectory(top);
      boolean goesOn = true;
      while (goesOn && !ahead.isEmpty()) {
        String name = ahead.pop();
        if (name.equals("..")) {
          at = at.equals(top) ? top : at.resolve("..").normalize();
        } else if (!name.equals(".")) {
          goesOn = step(at.resolve(name));
        }
      }
      if (goesOn) {
        checkScript();
      }
    }

    /** Continues with the next file; returns false if the path ends there. */
    private boolean step(Path next) throws IOException {
      Optional<Facts> facts = fileFacts.at(next);
      if (facts.isEmpty()) {
        fault(next, "does not exist");
        return false;
      }
      scriptSeen |= ahead.isEmpty();
      if (facts.get().kind() == Kind.LINK) {
        return follow(next, facts.get());
      }
      at = next;
      return ahead.isEmpty() || checkDirectory(next);
    }

    private boolean follow(Path link, Facts facts) throws IOException {
      checkRights(link, facts, 0);
      links++;
      if (links > MOST_LINKS) {
        scriptSeen = true;
        fault(link, "is not followed: the path has more than " + MOST_LINKS + " symbolic links");
        return false;
      }
      String target = Files.readSymbolicLink(link).toString();
      at = target.startsWith("/") ? top : at;
      prepend(target);
      return true;
    }

    private void prepend(String path) {
      Lists.reverse(COMPONENTS.splitToList(path)).forEach(ahead::push);
    }

    private boolean checkDirectory(Path directory) throws IOException {
      Facts facts = fileFacts.at(directory).orElseThrow(() -> gone(directory));
      if (facts.kind() != Kind.DIRECTORY) {
        fault(directory, "is not a directory");
        return false;
      }
      checkRights(directory, facts, GROUP_OR_OTHERS_WRITE);
      return true;
    }

    private void checkScript() throws IOException {
      Facts facts = fileFacts.at(at).orElseThrow(() -> gone(at));
      if (facts.kind() != Kind.REGULAR) {
        fault(at, "is not a regular file");
      }
      checkRights(at, facts, GROUP_OR_OTHERS_WRITE);
      if (facts.rights().isPresent() && (facts.rights().get().mode() & ANYBODY_EXECUTES) == 0) {
        fault(at, "is not executable");
      }
      // A file that is not regular, or that another user wrote, is not opened.
      if (faults.isEmpty()) {
        interpreter.fault(at).ifPresent(what -> fault(at, what));
      }
    }

    private void checkRights(Path file, Facts facts, int forbidden) {
      if (facts.rights().isEmpty()) {
        fault(file, "is on a file system that reports neither owner nor mode");
        return;
      }
      Rights rights = facts.rights().get();
      if (owner == OwnerPolicy.ROOT && !rights.ownedByRoot()) {
        fault(file, "is not owned by root");
      }
      if ((rights.mode() & forbidden) != 0) {
        fault(file, String.format("is writable by group or others (mode %04o)", rights.mode()));
      }
    }

    private void fault(Path file, String what) {
      faults.add("/" + top.relativize(file) + " " + what);
    }

    private static IOException gone(Path file) {
      return new IOException(file + " was removed while it was checked");
    }
  }
}

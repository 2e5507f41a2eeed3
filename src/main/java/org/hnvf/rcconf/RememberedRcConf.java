package org.hnvf.rcconf;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hnvf.exec.DurableFiles;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;

/**
 * Keeps the result of an rc.conf(5) for as long as every file that rc(8) would read is unchanged. A
 * result is kept only if it cannot depend on anything else: the machine's usual files, with only
 * comments and assignments without commands in them. Any other one is evaluated each time.
 */
public final class RememberedRcConf {

  private static final String DEFAULTS = "/etc/defaults/rc.conf";

  /** FreeBSD's defaults end by reading those of a vendor. */
  private static final ImmutableList<String> FILES =
      ImmutableList.of(DEFAULTS, "/etc/defaults/vendor.conf", "/etc/rc.conf", "/etc/rc.conf.local");

  private static final ImmutableList<String> SERVICES =
      ImmutableList.of(
          "/etc/rc.conf.d/network",
          "/etc/rc.conf.d/netif",
          "/etc/rc.conf.d/routing",
          "/etc/rc.conf.d/dhclient",
          "/usr/local/etc/rc.conf.d/network",
          "/usr/local/etc/rc.conf.d/netif",
          "/usr/local/etc/rc.conf.d/routing",
          "/usr/local/etc/rc.conf.d/dhclient");

  /**
   * An assignment of one word; a variable in it was assigned before. The groups are possessive: a
   * group that can backtrack would need stack for each character.
   */
  private static final Pattern PLAIN =
      Pattern.compile(
          "\\s*(?:#.*)?|"
              + "\\s*[A-Za-z_][A-Za-z0-9_]*="
              + "(?:\"(?:[^\"`$\\\\]++|\\$(?=[A-Za-z_{]))*+\"|'[^']*'|[^\\s\"'`$\\\\;&|<>()]*)"
              + "\\s*(?:\\s#.*)?");

  private final Source source;
  private final DurableFiles files;
  private Optional<Memory> memory = Optional.empty();

  /** Evaluates an rc.conf. */
  @FunctionalInterface
  public interface Source {
    /** Returns the current rc.conf. */
    EvaluatedRcConf evaluate() throws UserException, SystemException;
  }

  private record Memory(ImmutableMap<String, String> texts, EvaluatedRcConf answer) {}

  /**
   * Creates it without a result.
   *
   * @param source evaluates
   * @param files the files that it reads
   */
  public RememberedRcConf(Source source, DurableFiles files) {
    this.source = source;
    this.files = files;
  }

  /** Returns the current result. */
  public synchronized EvaluatedRcConf evaluate() throws UserException, SystemException {
    Optional<ImmutableMap<String, String>> texts = texts();
    Optional<EvaluatedRcConf> known =
        memory.filter(m -> Optional.of(m.texts()).equals(texts)).map(Memory::answer);
    if (known.isPresent()) {
      return known.get();
    }
    EvaluatedRcConf answer =
        source
            .evaluate()
            .warning(texts.map(RememberedRcConf::complaints).orElse(ImmutableList.of()));
    memory =
        texts.filter(t -> isPlain(t) && readsTheUsualFiles(answer)).map(t -> new Memory(t, answer));
    return answer;
  }

  /** Returns the existing files and their texts; empty if one of them cannot be read as a file. */
  private Optional<ImmutableMap<String, String>> texts() {
    ImmutableMap.Builder<String, String> texts = ImmutableMap.builder();
    try {
      for (String file : FILES) {
        files.read(file).ifPresent(text -> texts.put(file, text));
      }
      for (String service : SERVICES) {
        if (files.exists(service)) {
          // A directory cannot be read: it is evaluated each time.
          files.read(service).ifPresent(text -> texts.put(service, text));
        }
      }
      return Optional.of(texts.buildOrThrow());
    } catch (SystemException e) {
      return Optional.empty();
    }
  }

  private static ImmutableList<String> complaints(ImmutableMap<String, String> texts) {
    return texts.entrySet().stream()
        .flatMap(file -> CarriageReturns.in(file.getKey(), file.getValue()).stream())
        .collect(ImmutableList.toImmutableList());
  }

  private static boolean isPlain(ImmutableMap<String, String> texts) {
    return texts.entrySet().stream()
        .filter(file -> !file.getKey().equals(DEFAULTS))
        .flatMap(file -> file.getValue().lines())
        .allMatch(line -> PLAIN.matcher(line).matches());
  }

  private static boolean readsTheUsualFiles(EvaluatedRcConf answer) {
    String localStartup = answer.variables().text("local_startup");
    return answer.variables().text("rc_conf_files").equals("/etc/rc.conf /etc/rc.conf.local")
        && (localStartup.isEmpty() || localStartup.equals("/usr/local/etc/rc.d"));
  }
}

package org.hnvf.rcconf;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hnvf.exec.DurableFiles;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;

/**
 * Remembers what an rc.conf(5) gave, for as long as every file that rc(8) would read has the same
 * text. Only one that cannot give anything else is remembered: of the machine's usual files, with
 * nothing in them but comments and assignments without commands. Any other one is evaluated each
 * time.
 */
public final class RememberedRcConf {

  private static final String DEFAULTS = "/etc/defaults/rc.conf";

  /** FreeBSD's defaults end with reading what a vendor adds to them. */
  private static final ImmutableList<String> FILES =
      ImmutableList.of(DEFAULTS, "/etc/defaults/vendor.conf", "/etc/rc.conf", "/etc/rc.conf.local");

  private static final ImmutableList<String> SERVICES =
      ImmutableList.of(
          "/etc/rc.conf.d/network",
          "/etc/rc.conf.d/netif",
          "/usr/local/etc/rc.conf.d/network",
          "/usr/local/etc/rc.conf.d/netif");

  /**
   * An assignment of one word; a variable in it is one that was assigned before. What is taken is
   * not given back: a group that might would need stack for each character.
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

  /** Evaluates. */
  @FunctionalInterface
  public interface Source {
    /** The rc.conf as it is now. */
    EvaluatedRcConf evaluate() throws UserException, SystemException;
  }

  private record Memory(ImmutableMap<String, String> texts, EvaluatedRcConf answer) {}

  /**
   * A memory.
   *
   * @param source evaluates
   * @param files the files that it reads
   */
  public RememberedRcConf(Source source, DurableFiles files) {
    this.source = source;
    this.files = files;
  }

  /** What the rc.conf gives now. */
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

  /** The files that there are, and their texts; empty where one of them cannot be read as such. */
  private Optional<ImmutableMap<String, String>> texts() {
    ImmutableMap.Builder<String, String> texts = ImmutableMap.builder();
    try {
      for (String file : FILES) {
        files.read(file).ifPresent(text -> texts.put(file, text));
      }
      for (String service : SERVICES) {
        if (files.exists(service)) {
          // One that is a directory cannot be read: it is evaluated each time.
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

package org.hnvf.exec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableSet;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.model.Command;

/**
 * Whether a command reaches its program as it is written.
 *
 * <p>Java hands arguments over in a character set of its own, and puts a question mark for what
 * that does not have: Java 17 takes {@code file.encoding}, later ones {@code sun.jnu.encoding}.
 * Both are ASCII where no locale is set, as under devd(8) and rc(8), so Java must be started with
 * {@code LC_ALL=C.UTF-8}. A description of an interface that was altered on its way would stay so;
 * better the command is not run.
 */
final class Verbatim {

  private Verbatim() {}

  /** The character sets that this JVM may hand arguments over in. */
  static ImmutableSet<Charset> charsets() {
    String paths = System.getProperty("sun.jnu.encoding", UTF_8.name());
    return ImmutableSet.of(Charset.defaultCharset(), Charset.forName(paths));
  }

  /** What keeps the command from reaching its program; empty where nothing does. */
  static Optional<String> hindrance(Command command, ImmutableSet<Charset> charsets) {
    Stream<String> variables =
        command.environment().entrySet().stream().map(entry -> entry.getKey() + entry.getValue());
    return Stream.concat(command.argv().stream(), variables)
        .flatMap(word -> hindrance(word, charsets).stream())
        .findFirst()
        .or(() -> badVariable(command.environment()));
  }

  private static Optional<String> hindrance(String word, ImmutableSet<Charset> charsets) {
    if (word.indexOf('\0') >= 0) {
      return Optional.of("there is a NUL character in its arguments or its environment");
    }
    if (!charsets.equals(ImmutableSet.of(UTF_8)) && !US_ASCII.newEncoder().canEncode(word)) {
      return Optional.of(
          "there is text outside ASCII in it, which Java does not pass on in this locale; start Java"
              + " with LC_ALL=C.UTF-8");
    }
    return Optional.empty();
  }

  private static Optional<String> badVariable(Map<String, String> environment) {
    return environment.keySet().stream()
        .filter(name -> name.isEmpty() || name.contains("="))
        .findFirst()
        .map(name -> "\"" + name + "\" is no name for a variable of the environment");
  }
}

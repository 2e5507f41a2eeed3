package org.hnvf.exec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.model.Command;

/**
 * Checks whether the JVM passes a command's arguments to its program unchanged.
 *
 * <p>Java encodes arguments in a character set of its own and replaces a character that the set
 * does not have by a question mark. That set is ASCII where no locale is set, as under devd(8) and
 * rc(8), unless Java is started with {@code LC_ALL=C.UTF-8}, or, where a machine has no such
 * locale, Java 17 with {@code -Dfile.encoding=UTF-8}. A description altered in this way would stay
 * on the interface, so hnvf does not run such a command.
 */
final class ArgumentEncoding {

  /** From this Java version on, {@code file.encoding} has no effect (java.lang.ProcessImpl). */
  private static final int BY_LOCALE_ALONE = 18;

  private ArgumentEncoding() {}

  /** Returns the character set in which this JVM encodes arguments. */
  static Charset charset() {
    return charset(
        Runtime.version().feature(),
        Charset.defaultCharset(),
        Charset.forName(System.getProperty("sun.jnu.encoding", UTF_8.name())));
  }

  /**
   * Returns the character set in which a JVM of this version encodes arguments.
   *
   * @param feature the Java version
   * @param byDefault its {@code file.encoding}
   * @param byLocale its {@code sun.jnu.encoding}
   */
  static Charset charset(int feature, Charset byDefault, Charset byLocale) {
    return feature < BY_LOCALE_ALONE ? byDefault : byLocale;
  }

  /** Returns the reason why the arguments would be altered; empty if they are passed unchanged. */
  static Optional<String> hindrance(Command command, Charset charset) {
    Stream<String> variables =
        command.environment().entrySet().stream().map(entry -> entry.getKey() + entry.getValue());
    return Stream.concat(command.argv().stream(), variables)
        .flatMap(word -> hindrance(word, charset).stream())
        .findFirst()
        .or(() -> badVariable(command.environment()));
  }

  private static Optional<String> hindrance(String word, Charset charset) {
    if (word.indexOf('\0') >= 0) {
      return Optional.of("its arguments or its environment contain a NUL character");
    }
    if (!charset.equals(UTF_8) && !US_ASCII.newEncoder().canEncode(word)) {
      return Optional.of(
          "it contains text outside ASCII, which Java cannot pass to a program in "
              + "this locale; start Java with LC_ALL=C.UTF-8");
    }
    return Optional.empty();
  }

  private static Optional<String> badVariable(Map<String, String> environment) {
    return environment.keySet().stream()
        .filter(name -> name.isEmpty() || name.contains("="))
        .findFirst()
        .map(name -> "\"" + name + "\" is not a valid name of an environment variable");
  }
}

package org.hnvf.capture;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hnvf.model.UserException;

/**
 * The text of a capture: a header, then a block for each command in the form of a recorded
 * transcript. No text has a key or a password.
 */
public final class CaptureText {

  /** The first line. */
  public static final String HEADING = "# hnvf-capture 1";

  /** The largest size in bytes: 1 MiB. */
  public static final int LIMIT = 1 << 20;

  private static final String NO_END_OF_LINE = "<no newline at end>\n";

  /** A line of an output that looks like a line of the form. */
  private static final Pattern LIKE_A_MARK =
      Pattern.compile("(?m)^(?=\\[(?:stdout|stderr|exit -?[0-9]+)\\])");

  private CaptureText() {}

  /**
   * Returns the text of a capture with its names and addresses as they are.
   *
   * @param version the version of hnvf
   * @throws UserException (bad data) if it would be too large
   */
  public static String asIs(Collected collected, String version) throws UserException {
    return text(collected, version, "as they are", collected.blocks());
  }

  /**
   * Returns the text of an anonymous capture.
   *
   * @param version the version of hnvf
   * @param key a random key that is used for this capture alone
   * @throws UserException (bad data) if it would be too large
   */
  public static String anonymous(Collected collected, String version, byte[] key)
      throws UserException {
    ImmutableList<Block> hidden =
        collected.blocks().stream()
            .map(block -> hasGrammar(block) ? block : Secrets.hidden(block))
            .collect(ImmutableList.toImmutableList());
    return text(collected, version, "anonymised", Anonymiser.anonymised(key, hidden));
  }

  /** Returns whether a secret must stay until the statement that contains it is left out. */
  private static boolean hasGrammar(Block block) {
    return block.source() == Source.LEASES || block.source() == Source.DHCLIENT_CONF;
  }

  private static String text(
      Collected collected, String version, String names, ImmutableList<Block> blocks)
      throws UserException {
    StringBuilder text = new StringBuilder();
    text.append(HEADING).append('\n');
    text.append("# created: ").append(collected.created()).append('\n');
    text.append("# hnvf: ").append(version).append('\n');
    text.append("# system: ").append(collected.system()).append('\n');
    text.append("# names: ").append(names).append("\n\n");
    for (Block block : blocks) {
      append(text, Secrets.hidden(block));
    }
    String whole = text.toString();
    int size = whole.getBytes(UTF_8).length;
    if (size > LIMIT) {
      throw tooLarge(size, blocks);
    }
    return whole;
  }

  private static UserException tooLarge(int size, ImmutableList<Block> blocks) {
    Optional<Block> largest =
        blocks.stream().max(Comparator.comparingInt(block -> block.stdout().length()));
    return UserException.badData(
        "the capture would have "
            + size
            + " bytes, and a capture has "
            + LIMIT
            + " at most; the largest part is `"
            + largest.map(Block::command).orElse("")
            + "` with "
            + largest.map(block -> block.stdout().getBytes(UTF_8).length).orElse(0)
            + " bytes; nothing was written");
  }

  private static void append(StringBuilder text, Block block) {
    text.append("$ ").append(printable(block.command()).replace('\n', ' ')).append('\n');
    part(text, "[stdout]\n", block.stdout());
    part(text, "[stderr]\n", block.stderr());
    text.append(
        String.format(
            Locale.ROOT, "[exit %d] (%.3f s)\n\n", block.status(), block.took().toNanos() / 1e9));
  }

  private static void part(StringBuilder text, String mark, String output) {
    if (output.isEmpty()) {
      return;
    }
    text.append(mark).append(LIKE_A_MARK.matcher(printable(output)).replaceAll(" "));
    if (!output.endsWith("\n")) {
      text.append(NO_END_OF_LINE);
    }
  }

  /** Returns the text with {@code \ooo} for each control character but tab and newline. */
  private static String printable(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (Character.isISOControl(c) && c != '\n' && c != '\t') {
                shown.append(String.format(Locale.ROOT, "\\%03o", c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    return shown.toString();
  }
}

package org.hnvf.event;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The event lines that were recorded on a running FreeBSD, and the names that were sent to devd.
 */
public final class RecordedEvents {

  private static final ImmutableList<String> TRANSCRIPTS =
      ImmutableList.of(
          "05-devd-events.txt",
          "12-stock-dhcp-ioctl.txt",
          "15-default-dhcp-vf.txt",
          "34-devd-more.txt");

  /** At the start of a line as the sockets give it, or as an action got it in {@code $*}. */
  private static final Pattern EVENT =
      Pattern.compile("^(?:argv\\[5]=\\[\\[)?(!system=.*?)(?:]])?$", Pattern.MULTILINE);

  private RecordedEvents() {}

  /** Every line of the transcripts, in order, doubled ones included. */
  public static ImmutableList<String> all() {
    List<String> lines = new ArrayList<>();
    for (String transcript : TRANSCRIPTS) {
      Matcher event = EVENT.matcher(read("/org/hnvf/transcripts/" + transcript));
      while (event.find()) {
        lines.add(event.group(1));
      }
    }
    return ImmutableList.copyOf(lines);
  }

  /** Every line of the transcripts once, in the order of the first. */
  public static ImmutableSet<String> distinct() {
    return ImmutableSet.copyOf(all());
  }

  /** The lines that devd got for the hostile names of transcript 05. */
  public static ImmutableList<String> hostile() {
    return ImmutableList.of(
        "!system=HYPERV_NIC_VF subsystem=hn0;touch$IFS/tmp/pwned type=VF_DOWN",
        "!system=HYPERV_NIC_VF subsystem=hn0'x type=VF_DOWN",
        "!system=HYPERV_NIC_VF subsystem=hn0$(id)`id`\\z\"q type=VF_DOWN");
  }

  public static String read(String resource) {
    try {
      return Resources.toString(
          Resources.getResource(RecordedEvents.class, resource), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package org.hnvf.lab.replay;

/** Removes the differences that the README of the transcripts permits. */
public final class Same {
  private Same() {}

  /** Returns the text of a command without them. */
  public static String of(String command, String text) {
    String result = text;
    result = result.replaceAll("link#\\d+ *", "link#N ");
    result = result.replaceAll(" port \\d+ priority", " port N priority");
    result = result.replaceAll("scopeid 0x[0-9a-f]+", "scopeid N");
    result = result.replaceAll("renewal in \\d+ seconds", "renewal in N seconds");
    result = result.replaceAll("(?m)^DHCPDISCOVER .*\n", "");
    result = result.replaceAll("pltime \\d+ vltime \\d+", "pltime N vltime N");
    result = result.replaceAll("(renew|rebind|expire) \\d [0-9/: ]+;", "$1 N;");
    result = result.replaceAll("(?m)^ +[0-9.]+ real .*\n", "");
    result = result.replaceAll("sec = \\d+, usec = \\d+ \\} .*", "N");
    result = result.replaceAll("expires in \\d+ seconds", "expires in N seconds");
    result = result.replaceAll("already running, pid: \\d+", "already running, pid: PID");
    // The program that recorded shows among the processes.
    result = result.replaceAll("(?m)^.*/usr/local/sbin/trun .*\n", "");
    if (command.contains("ping")) {
      result = result.replaceAll("time=[0-9.]+ ms", "time=N");
      result = result.replaceAll("stddev = [0-9./]+ ms", "stddev = N");
    }
    if (command.contains("--libxo json")) {
      result = result.replaceAll("\"nhop-kidx\":\\d+", "\"nhop-kidx\":N");
    }
    if (command.contains("ps -ax")) {
      result = result.replaceAll("(?m)^ *\\d+( +\\d+)? +(root|_dhcp) +", "PID $2 ");
    }
    if (command.contains(".pid")) {
      result = result.replaceAll("(?m)^\\d+$", "PID");
    }
    result = result.replaceAll("(?m)^hw\\.hn\\.vfmap: .*\n", "");
    if (command.matches("sysctl -n hw\\.hn( .*)?")) {
      result = result.replaceAll("(?m)^([a-z0-9]+:hn0)?\n", "");
    }
    if (command.contains("ndp")) {
      result = result.replaceAll("(?m) (\\d+[dhms])+ +", " AGE ");
    }
    if (command.startsWith("probe stop")) {
      result = lost(result.replace("gap: 1 packets, about 20 ms\n", ""));
    }
    return result;
  }

  /** One packet more or less is chance. */
  private static String lost(String probe) {
    boolean whole = probe.contains(" 0.0% packet loss") || probe.contains(" 0.7% packet loss");
    return whole && !probe.contains("gap") ? "none lost" : "some lost";
  }
}

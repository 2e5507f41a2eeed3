package org.hnvf.sim;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hnvf.exec.KeptOutput;
import org.hnvf.exec.ProcessRunner;
import org.hnvf.model.LineFilter;

/**
 * Interfaces, routes and processes that make a guest large and do not concern its hn: further
 * interfaces, the IPv4 routes through one of them, and processes with long command lines. They are
 * only printed, by {@code ifconfig -a}, {@code netstat -rn} and {@code ps}: each is a text that is
 * made once, and is printed before the hn, the IPv6 table and every dhclient.
 */
public final class Crowd {

  /** The first process id of the guest's own processes; lower ones are free. */
  static final int FIRST_PID = 850;

  private static final int LAST_PID = 1399;
  private static final int ARGUMENT_LENGTH = 2100;

  private final Block interfaces;
  private final Block routes;
  private final Block processes;

  /** A text of whole lines, and what each filter keeps of it. */
  static final class Block {
    private final byte[] text;
    private final Map<LineFilter, byte[]> kept = new HashMap<>();

    private Block(StringBuilder text) {
      this.text = text.toString().getBytes(UTF_8);
    }

    byte[] keptBy(Optional<LineFilter> filter) {
      return filter.map(lines -> kept.computeIfAbsent(lines, this::sieved)).orElse(text);
    }

    private byte[] sieved(LineFilter filter) {
      KeptOutput output = new KeptOutput(Optional.of(filter), ProcessRunner.DEFAULT_OUTPUT_CAP);
      output.add(text, text.length);
      output.end();
      return output.text().getBytes(UTF_8);
    }
  }

  /**
   * A crowd.
   *
   * @param interfaces how many, em0 and so on
   * @param routes how many go through em0
   * @param processes how many; no more than 550
   */
  public Crowd(int interfaces, int routes, int processes) {
    this.interfaces = new Block(interfaces(interfaces));
    this.routes = new Block(routes(routes));
    this.processes = new Block(processes(processes));
  }

  /** None. */
  static Crowd none() {
    return new Crowd(0, 0, 0);
  }

  Block interfaces() {
    return interfaces;
  }

  Block routes() {
    return routes;
  }

  Block processes() {
    return processes;
  }

  private static StringBuilder interfaces(int number) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < number; i++) {
      String net = "172." + (16 + i / 200) + "." + i % 200;
      text.append("em").append(i);
      text.append(": flags=8843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST> metric 0 mtu 1500\n");
      text.append("\toptions=80028<VLAN_MTU,JUMBO_MTU,LINKSTATE>\n");
      text.append(String.format("\tether 02:00:00:00:%02x:%02x\n", i / 256, i % 256));
      text.append("\tinet ").append(net).append(".1 netmask 0xffffff00 broadcast ");
      text.append(net).append(".255\n");
      text.append("\tmedia: Ethernet autoselect (1000baseT <full-duplex>)\n");
      text.append("\tstatus: active\n\tnd6 options=29<PERFORMNUD,IFDISABLED,AUTO_LINKLOCAL>\n");
    }
    return text;
  }

  private static StringBuilder routes(int number) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < number; i++) {
      int start = text.length();
      text.append(11 + i / 62_500).append('.').append(i / 250 % 250).append('.');
      text.append(i % 250).append(".0/24");
      pad(text, start + 19).append("172.16.0.254");
      pad(text, start + 38).append("UG1");
      pad(text, start + 47).append("       em0\n");
    }
    return text;
  }

  private static StringBuilder pad(StringBuilder text, int length) {
    return text.append(" ".repeat(Math.max(1, length - text.length())));
  }

  private static StringBuilder processes(int number) {
    if (number > LAST_PID - FIRST_PID + 1) {
      throw new IllegalArgumentException("there are not so many process ids: " + number);
    }
    String arguments = " 0 0 /usr/local/bin/java -cp " + "/usr/local/lib/app.jar:".repeat(91);
    StringBuilder text = new StringBuilder(number * ARGUMENT_LENGTH);
    for (int i = 0; i < number; i++) {
      text.append(String.valueOf(FIRST_PID + i)).append(arguments).append('\n');
    }
    return text;
  }
}

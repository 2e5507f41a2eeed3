package org.hnvf.sim;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hnvf.model.Prefix;
import org.jspecify.annotations.Nullable;

/** route(8): add, change, delete and get. */
final class RouteProgram implements GuestCommand {
  private final Kernel kernel;

  RouteProgram(Kernel kernel) {
    this.kernel = kernel;
  }

  /** One command line, taken apart. */
  private static final class Request {
    boolean quiet;
    boolean ipv6;
    boolean net;
    boolean byInterface;
    String verb = "";
    List<String> operands = new ArrayList<>();
    Prefix destination = Prefix.of("0.0.0.0/0");
  }

  @Override
  public void act(Job job) {
    Request request = new Request();
    List<String> words = new ArrayList<>(job.args());
    while (!words.isEmpty() && words.get(0).matches("-[dnqtv46]+")) {
      String flags = words.remove(0);
      request.quiet |= flags.contains("q");
      request.ipv6 |= flags.contains("6");
    }
    request.verb = words.isEmpty() ? "" : words.remove(0);
    for (int i = 0; i < words.size(); i++) {
      i += modifier(request, words, i);
    }
    if (request.operands.isEmpty()) {
      job.fail(64, "usage: route [-j jail] [-46dnqtv] command [[modifiers] args]");
      return;
    }
    Optional<Prefix> destination = destination(request);
    if (destination.isEmpty()) {
      job.fail(68, "route: bad address: " + request.operands.get(0));
      return;
    }
    request.destination = destination.get();
    switch (request.verb) {
      case "add" -> add(job, request);
      case "change" -> change(job, request);
      case "delete", "del" -> delete(job, request);
      case "get", "show" -> get(job, request);
      default -> job.fail(64, "usage: route [-j jail] [-46dnqtv] command [[modifiers] args]");
    }
  }

  /** How many further words a modifier takes. */
  private static int modifier(Request request, List<String> words, int at) {
    switch (words.get(at)) {
      case "-net" -> request.net = true;
      case "-host" -> request.net = false;
      case "-inet6", "-6" -> request.ipv6 = true;
      case "-inet", "-4" -> request.ipv6 = false;
      case "-iface", "-interface" -> request.byInterface = true;
      case "-fib", "-mtu", "-ifp", "-ifa" -> {
        return 1;
      }
      case "-netmask" -> {
        int length =
            at + 1 < words.size() && InetAddresses.isInetAddress(words.get(at + 1))
                ? Bits.maskLength(InetAddresses.forString(words.get(at + 1)))
                : 32;
        request.operands.set(0, request.operands.get(0) + "/" + length);
        return 1;
      }
      default -> request.operands.add(words.get(at));
    }
    return 0;
  }

  private static Optional<Prefix> destination(Request request) {
    String text = request.operands.get(0);
    if (text.equals("default")) {
      return Optional.of(Prefix.of(request.ipv6 ? "::/0" : "0.0.0.0/0"));
    }
    String[] parts = text.split("/", 2);
    if (!InetAddresses.isInetAddress(parts[0])) {
      return Optional.empty();
    }
    InetAddress address = InetAddresses.forString(parts[0]);
    int full = address.getAddress().length * 8;
    int length = full;
    if (parts.length == 2) {
      if (!parts[1].matches("[0-9]{1,3}") || Integer.parseInt(parts[1]) > full) {
        return Optional.empty();
      }
      length = Integer.parseInt(parts[1]);
    } else if (request.net) {
      length = full == 128 ? 64 : 24;
    }
    return Optional.of(new Prefix(Bits.address(Bits.masked(address.getAddress(), length)), length));
  }

  private String said(Request request) {
    String verb = request.verb.equals("del") ? "delete" : request.verb;
    String kind = isHost(request) ? "host" : "net";
    String what = request.destination.length() == 0 ? "default" : request.destination.host();
    String gateway = request.operands.size() > 1 ? ": gateway " + request.operands.get(1) : "";
    return verb + " " + kind + " " + what + gateway;
  }

  private static boolean isHost(Request request) {
    return request.destination.isHost() && !request.net;
  }

  private void done(Job job, Request request) {
    if (!request.quiet) {
      job.out(said(request) + "\n");
    }
  }

  private void failed(Job job, Request request, Errno errno) {
    String reason =
        switch (errno) {
          case EEXIST -> "route already in table";
          case ESRCH -> "not in table";
          default -> errno.text();
        };
    if (!request.quiet) {
      job.out(said(request) + " fib 0: " + reason + "\n");
    }
    job.fail(
        1,
        errno == Errno.ESRCH
            ? "route: route has not been found"
            : "route: message indicates error: " + errno.text());
  }

  private void add(Job job, Request request) {
    try {
      kernel.routes().add(entry(request));
      done(job, request);
    } catch (KernelError e) {
      failed(job, request, e.errno());
    }
  }

  private RouteEntry entry(Request request) throws KernelError {
    if (request.operands.size() < 2) {
      throw new KernelError(Errno.EINVAL);
    }
    String gateway = request.operands.get(1);
    byte[] key = request.destination.address().getAddress();
    int length = request.destination.length();
    if (request.byInterface) {
      Iface iface =
          kernel.interfaces().find(gateway).orElseThrow(() -> new KernelError(Errno.ENXIO));
      RouteEntry entry = Routes.direct(request.destination, iface, firstAddress(iface));
      entry.flags = isHost(request) ? "UHS" : "US";
      return entry;
    }
    String[] parts = gateway.split("%", 2);
    if (!InetAddresses.isInetAddress(parts[0])) {
      throw new KernelError(Errno.EINVAL);
    }
    InetAddress address = InetAddresses.forString(parts[0]);
    Optional<Iface> zone =
        parts.length == 2 ? kernel.interfaces().find(parts[1]) : Optional.empty();
    if (address.getAddress().length != key.length) {
      throw new KernelError(Errno.EINVAL);
    }
    Routes routes = kernel.routes();
    return routes.through(key, length, routes.gateway(address, zone), isHost(request));
  }

  private static long firstAddress(Iface iface) {
    return iface.inet.isEmpty() ? 0 : iface.inet.get(0).serial;
  }

  private Optional<RouteEntry> existing(Request request) {
    byte[] key = request.destination.address().getAddress();
    return kernel.routes().find(key, request.destination.length());
  }

  private void change(Job job, Request request) {
    Optional<RouteEntry> old = existing(request);
    if (old.isEmpty()) {
      failed(job, request, Errno.ESRCH);
      return;
    }
    try {
      RouteEntry entry = entry(request);
      kernel.routes().remove(old.get());
      kernel.routes().add(entry);
      done(job, request);
    } catch (KernelError e) {
      failed(job, request, e.errno());
    }
  }

  private void delete(Job job, Request request) {
    Optional<RouteEntry> old = existing(request);
    if (old.isEmpty()) {
      failed(job, request, Errno.ESRCH);
    } else {
      kernel.routes().remove(old.get());
      done(job, request);
    }
  }

  private void get(Job job, Request request) {
    boolean isDefault = request.destination.length() == 0;
    Optional<RouteEntry> found =
        isDefault ? existing(request) : kernel.routes().lookup(request.destination.address());
    if (found.isEmpty()) {
      job.fail(255, "route: route has not been found");
      return;
    }
    RouteEntry route = found.get();
    Iface iface = kernel.interfaces().at(route.iface);
    job.out("   route to: " + request.destination.host() + "\n");
    job.out("destination: " + InetAddresses.toAddrString(Bits.address(route.key)) + "\n");
    if (route.length < route.key.length * 8) {
      job.out("       mask: " + mask(route) + "\n");
    }
    @Nullable InetAddress gateway = route.gateway;
    if (gateway != null) {
      job.out("    gateway: " + InetAddresses.toAddrString(gateway) + "\n");
    }
    job.out("        fib: 0\n  interface: " + iface.name + "\n");
    job.out("      flags: <" + flags(route) + ">\n");
    job.out(" recvpipe  sendpipe  ssthresh  rtt,msec    mtu        weight    expire\n");
    job.out(
        String.format(
            Locale.ROOT,
            "       0         0         0         0  %8d         1         0 \n",
            iface.mtu));
  }

  private static String mask(RouteEntry route) {
    byte[] ones = new byte[route.key.length];
    Arrays.fill(ones, (byte) -1);
    return InetAddresses.toAddrString(Bits.address(Bits.masked(ones, route.length)));
  }

  private static String flags(RouteEntry route) {
    StringBuilder names = new StringBuilder("UP");
    names.append(route.flags.contains("G") ? ",GATEWAY" : "");
    names.append(route.flags.contains("H") ? ",HOST" : "");
    names.append(",DONE");
    names.append(route.flags.contains("S") ? ",STATIC" : "");
    names.append(route.flags.equals("U") ? ",PINNED" : "");
    return names.toString();
  }
}

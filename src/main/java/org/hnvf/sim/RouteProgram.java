package org.hnvf.sim;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** route(8): add, change, delete and get (sbin/route/route.c and route_netlink.c). */
final class RouteProgram implements GuestCommand {
  private final Kernel kernel;

  RouteProgram(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void act(Job job) {
    RouteRequest request = new RouteRequest(kernel.interfaces(), kernel.state().fibs);
    try {
      request.read(job.args());
    } catch (RouteRequest.Stop e) {
      job.fail(e.status(), e.said());
      return;
    }
    boolean get = request.verb.equals("get") || request.verb.equals("show");
    if (!request.isComplete()) {
      incomplete(job, request, get);
      return;
    }
    if (get) {
      get(job, request);
      return;
    }
    for (int fib : request.fibs()) {
      change(job, request, fib);
    }
  }

  private void change(Job job, RouteRequest request, int fib) {
    try {
      switch (request.verb) {
        case "add" -> {
          RouteEntry added = entry(request, fib);
          if (!standsInAnotherZone(added)) {
            kernel.routes().add(added);
            tell(added, true);
          }
        }
        case "change" -> change(request, fib);
        default -> delete(request, fib);
      }
      if (!request.quiet) {
        job.out(request.said() + (fib == 0 ? "" : " fib " + fib) + "\n");
      }
    } catch (KernelError e) {
      failed(job, request, fib, e.errno());
    }
  }

  /**
   * If a route through a link-local gateway exists, the kernel accepts another one through another
   * zone as well (transcript 64). No recording shows that the second one is used, so it is not
   * added here.
   */
  private boolean standsInAnotherZone(RouteEntry added) {
    return kernel
        .routes()
        .find(added.fib, added.key, added.length)
        .filter(old -> old.iface != added.iface && isLinkLocal(old) && isLinkLocal(added))
        .isPresent();
  }

  private static boolean isLinkLocal(RouteEntry route) {
    InetAddress gateway = route.gateway;
    return route.isIpv6() && gateway != null && gateway.isLinkLocalAddress();
  }

  /** Without a destination nothing is sent to the kernel. */
  private static void incomplete(Job job, RouteRequest request, boolean get) {
    if (get) {
      job.fail(255, "route: message indicates error: " + Errno.EINVAL.text());
    } else {
      failed(job, request, 0, Errno.EINVAL);
    }
  }

  private static void failed(Job job, RouteRequest request, int fib, Errno errno) {
    String reason =
        switch (errno) {
          case EEXIST -> "route already in table";
          case ESRCH -> "not in table";
          case EADDRINUSE -> "gateway uses the same route";
          default -> errno.text();
        };
    if (!request.quiet) {
      job.out(request.said() + " fib " + fib + ": " + reason + "\n");
    }
    job.fail(
        1,
        errno == Errno.ESRCH
            ? "route: route has not been found"
            : "route: message indicates error: " + errno.text());
  }

  /**
   * Creates a route. A reject or blackhole route leads nowhere, with any gateway (transcript 01).
   */
  private RouteEntry entry(RouteRequest request, int fib) throws KernelError {
    RouteEntry entry = new RouteEntry();
    entry.fib = fib;
    entry.key = request.key();
    entry.length = request.length();
    entry.mtu = request.mtu;
    if (request.reject || request.blackhole) {
      Iface loopback = kernel.interfaces().loopback();
      entry.iface = loopback.index;
      entry.link = loopback.index;
    } else if (request.isDirect()) {
      Iface iface = request.iface().orElseThrow(() -> new KernelError(Errno.EINVAL));
      entry.iface = iface.index;
      entry.link = iface.index;
      entry.boundTo = addressOf(iface, request);
    } else {
      InetAddress address = request.gateway().orElseThrow(() -> new KernelError(Errno.EINVAL));
      Routes.Gateway gateway = kernel.routes().gateway(fib, address, request.iface());
      entry.gateway = address;
      entry.iface = gateway.iface().index;
      entry.boundTo = gateway.boundTo();
    }
    entry.flags = flags(request, entry.length == entry.key.length * 8);
    return entry;
  }

  /** The address that a direct route is bound to (ifaof_ifpforaddr); 0 for none. */
  private static long addressOf(Iface iface, RouteRequest request) {
    if (request.ipv6 || iface.inet.isEmpty()) {
      return 0;
    }
    long near = Routes.addressFor(iface, request.address());
    return near == 0 ? iface.inet.get(0).serial : near;
  }

  /** In the order of netstat(1). */
  private static String flags(RouteRequest request, boolean host) {
    return "U"
        + (request.isDirect() || request.reject || request.blackhole ? "" : "G")
        + (host ? "H" : "")
        + (request.reject ? "R" : "")
        + (request.isStatic ? "S" : "")
        + request.protocols
        + (request.blackhole && !request.reject ? "B" : "");
  }

  private Optional<RouteEntry> existing(RouteRequest request, int fib) {
    return kernel.routes().find(fib, request.key(), request.length());
  }

  /** A route that the kernel made for an address is not replaced (RTF_PINNED). */
  private void change(RouteRequest request, int fib) throws KernelError {
    RouteEntry entry = entry(request, fib);
    RouteEntry old = existing(request, fib).orElseThrow(() -> new KernelError(Errno.ESRCH));
    if (old.pinned) {
      throw new KernelError(Errno.EEXIST);
    }
    kernel
        .routes()
        .paths(fib, request.key(), request.length())
        .forEach(path -> kernel.routes().remove(path));
    kernel.routes().add(entry);
    tell(entry, true);
  }

  /** A gateway or interface that is given must be that of the route (path_match_func). */
  private void delete(RouteRequest request, int fib) throws KernelError {
    RouteEntry old =
        kernel.routes().paths(fib, request.key(), request.length()).stream()
            .filter(r -> request.gateway().map(g -> g.equals(r.gateway)).orElse(true))
            .filter(r -> request.iface().map(i -> i.index == r.iface).orElse(true))
            .findFirst()
            .orElseThrow(() -> new KernelError(Errno.ESRCH));
    if (old.pinned) {
      throw new KernelError(Errno.EADDRINUSE);
    }
    if (request.gateway().isEmpty() && request.iface().isEmpty()) {
      // Without a gateway route(8) deletes all paths.
      kernel
          .routes()
          .paths(fib, request.key(), request.length())
          .forEach(path -> kernel.routes().remove(path));
    }
    kernel.routes().remove(old);
    tell(old, false);
  }

  private void tell(RouteEntry route, boolean added) {
    kernel.monitor().route(route, added, kernel.interfaces().at(route.iface));
  }

  private void get(Job job, RouteRequest request) {
    int fib = request.fibs().get(0);
    Optional<RouteEntry> found =
        request.isExact() ? existing(request, fib) : kernel.routes().lookup(fib, request.key());
    if (found.isEmpty()) {
      job.fail(255, "route: route has not been found");
      return;
    }
    RouteEntry route = found.get();
    Iface iface = kernel.interfaces().at(route.iface);
    job.out("   route to: " + name(request, request.key(), iface) + "\n");
    job.out("destination: " + name(request, route.key, iface) + "\n");
    if (route.length < route.key.length * 8) {
      byte[] ones = new byte[route.key.length];
      Arrays.fill(ones, (byte) -1);
      job.out("       mask: " + name(request, Bits.masked(ones, route.length), iface) + "\n");
    }
    @Nullable InetAddress gateway = route.gateway;
    if (gateway != null) {
      String zone = route.isIpv6() && gateway.isLinkLocalAddress() ? "%" + iface.name : "";
      job.out("    gateway: " + InetAddresses.toAddrString(gateway) + zone + "\n");
    }
    job.out("        fib: " + fib + "\n  interface: " + iface.name + "\n");
    job.out("      flags: <" + flags(route) + ">\n");
    job.out(" recvpipe  sendpipe  ssthresh  rtt,msec    mtu        weight    expire\n");
    job.out(
        String.format(
            Locale.ROOT,
            "       0         0         0         0  %8d         1         0 \n",
            route.mtu == 0 ? iface.mtu : route.mtu));
  }

  /** 0.0.0.0 has a name where names are asked for (routename of sbin/route/route.c). */
  private static String name(RouteRequest request, byte[] address, Iface iface) {
    boolean any = Bits.samePrefix(address, new byte[4], 32);
    if (any && !request.numeric) {
      return "default";
    }
    return NetstatProgram.address(address, iface.name);
  }

  private static String flags(RouteEntry route) {
    StringBuilder names = new StringBuilder("UP");
    names.append(route.flags.contains("G") ? ",GATEWAY" : "");
    names.append(route.flags.contains("H") ? ",HOST" : "");
    names.append(route.flags.contains("R") ? ",REJECT" : "");
    names.append(",DONE");
    names.append(route.flags.contains("S") ? ",STATIC" : "");
    names.append(route.flags.contains("B") ? ",BLACKHOLE" : "");
    names.append(route.flags.contains("2") ? ",PROTO2" : "");
    names.append(route.flags.contains("1") ? ",PROTO1" : "");
    names.append(route.flags.contains("3") ? ",PROTO3" : "");
    names.append(route.mtu == 0 ? "" : ",FIXEDMTU");
    names.append(route.pinned ? ",PINNED" : "");
    return names.toString();
  }
}

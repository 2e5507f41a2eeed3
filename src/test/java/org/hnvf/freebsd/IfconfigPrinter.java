package org.hnvf.freebsd;

import java.util.List;
import java.util.Optional;
import org.hnvf.model.InterfaceAddress;
import org.hnvf.model.NetInterface;

/** Prints an interface as ifconfig(8) does; what is not understood of it comes last. */
final class IfconfigPrinter {

  private final StringBuilder out = new StringBuilder();

  private IfconfigPrinter() {}

  static String print(NetInterface shown) {
    IfconfigPrinter printer = new IfconfigPrinter();
    printer
        .out
        .append(shown.name())
        .append(": flags=")
        .append(shown.flags())
        .append(" metric ")
        .append(shown.metric())
        .append(" mtu ")
        .append(shown.mtu())
        .append('\n');
    printer.line("description: ", shown.description());
    printer.line(
        "options=", shown.options().map(bits -> bits.toString().replaceFirst("^0<>$", "0")));
    printer.line("ether ", shown.ether());
    printer.line("hwaddr ", shown.hwaddr());
    shown.addresses().forEach(address -> printer.line(address(address)));
    shown.lagg().ifPresent(printer::lagg);
    if (!shown.groups().isEmpty()) {
      printer.line("groups: " + String.join(" ", shown.groups()));
    }
    printer.line("fib: ", shown.fib());
    printer.line("media: ", shown.media());
    printer.line("status: ", shown.status());
    printer.line("nd6 options=", shown.nd6());
    printer.line("drivername: ", shown.driverName());
    shown.others().forEach(printer::line);
    return printer.out.toString();
  }

  private void lagg(NetInterface.Lagg lagg) {
    line("laggproto " + lagg.protocol() + lagg.hash().map(hash -> " lagghash " + hash).orElse(""));
    lagg.ports().forEach(port -> line("laggport: " + port.name() + " flags=" + port.flags()));
  }

  private static String address(InterfaceAddress address) {
    if (address instanceof InterfaceAddress.V4 inet) {
      return String.format(
              "inet %s netmask 0x%08x",
              inet.prefix().host(),
              inet.prefix().length() == 0 ? 0 : -1 << (32 - inet.prefix().length()))
          + inet.broadcast().map(broadcast -> " broadcast " + broadcast.getHostAddress()).orElse("")
          + words(inet.others());
    }
    InterfaceAddress.V6 inet6 = (InterfaceAddress.V6) address;
    return "inet6 "
        + inet6.prefix().host()
        + inet6.zone().map(zone -> "%" + zone).orElse("")
        + " prefixlen "
        + inet6.prefix().length()
        + words(inet6.marks())
        + words(inet6.others());
  }

  private static String words(List<String> words) {
    return words.isEmpty() ? "" : " " + String.join(" ", words);
  }

  private void line(String label, Optional<?> value) {
    value.ifPresent(present -> line(label + present));
  }

  private void line(String text) {
    out.append('\t').append(text).append('\n');
  }
}

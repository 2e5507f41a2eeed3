package org.hnvf.sim;

import com.google.common.net.InetAddresses;
import com.google.common.primitives.Longs;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /var/db/dhclient.leases.IF}, dhclient.leases(5), as dhclient(8) writes and reads it. */
final class DhclientLeases {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT);
  private static final Pattern BLOCK = Pattern.compile("lease\\s*\\{(.*?)\\}", Pattern.DOTALL);

  private DhclientLeases() {}

  static String path(String ifName) {
    return "/var/db/dhclient.leases." + ifName;
  }

  /** One block of the file. */
  static String block(String ifName, GrantedLease lease) {
    return "lease {\n"
        + ("  interface \"" + ifName + "\";\n")
        + ("  fixed-address " + lease.address() + ";\n")
        + ("  next-server " + lease.server() + ";\n")
        + ("  option subnet-mask " + mask(lease.maskLength()) + ";\n")
        + (lease.router().isEmpty() ? "" : "  option routers " + lease.router() + ";\n")
        + ("  option domain-name-servers " + lease.nameServer() + ";\n")
        + ("  option dhcp-lease-time " + lease.seconds() + ";\n")
        + "  option dhcp-message-type 5;\n"
        + ("  option dhcp-server-identifier " + lease.server() + ";\n")
        + ("  renew " + date(lease.renew()) + ";\n")
        + ("  rebind " + date(lease.rebind()) + ";\n")
        + ("  expire " + date(lease.expire()) + ";\n")
        + "}\n";
  }

  static String mask(int length) {
    return InetAddresses.toAddrString(Bits.address(Bits.netmask(length)));
  }

  /** The day of the week, Sunday being 0, and the time in UTC. */
  private static String date(long seconds) {
    LocalDateTime time = LocalDateTime.ofInstant(Instant.ofEpochSecond(seconds), ZoneOffset.UTC);
    return time.getDayOfWeek().getValue() % 7 + " " + DATE.format(time);
  }

  /** The last lease in the file that names this interface and has not expired. */
  static Optional<GrantedLease> usable(String text, String ifName, long now) {
    Optional<GrantedLease> found = Optional.empty();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      Optional<GrantedLease> lease = parse(block.group(1), ifName);
      if (lease.isPresent() && lease.get().expire() > now) {
        found = lease;
      }
    }
    return found;
  }

  private static Optional<GrantedLease> parse(String block, String ifName) {
    if (!field(block, "interface \"([^\"]*)\"").equals(ifName)) {
      return Optional.empty();
    }
    String address = field(block, "fixed-address ([^;]*)");
    String mask = field(block, "option subnet-mask ([^;]*)");
    if (!InetAddresses.isInetAddress(address) || !InetAddresses.isInetAddress(mask)) {
      return Optional.empty();
    }
    return Optional.of(
        new GrantedLease(
            address,
            Bits.maskLength(InetAddresses.forString(mask)),
            field(block, "option routers ([^;]*)"),
            field(block, "option domain-name-servers ([^;]*)"),
            field(block, "option dhcp-server-identifier ([^;]*)"),
            length(block),
            seconds(block, "renew"),
            seconds(block, "rebind"),
            seconds(block, "expire")));
  }

  private static long length(String block) {
    Long seconds = Longs.tryParse(field(block, "option dhcp-lease-time ([^;]*)"));
    return seconds == null ? 0 : seconds;
  }

  private static String field(String block, String regex) {
    Matcher matcher = Pattern.compile(regex).matcher(block);
    return matcher.find() ? matcher.group(1).strip() : "";
  }

  /** A date that cannot be read is one that is over. */
  private static long seconds(String block, String name) {
    String text = field(block, name + " \\d ([^;]*)");
    try {
      return LocalDateTime.parse(text, DATE).toEpochSecond(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      return 0;
    }
  }
}

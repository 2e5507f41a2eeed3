package org.hnvf.lab.soak;

import org.hnvf.model.Command;

/**
 * The messages of FreeBSD's programs if the kernel refuses: {@code ifconfig: ioctl (SIOCAIFADDR):
 * …} (sbin/ifconfig), {@code route: writing to routing socket: …} (sbin/route), {@code sysctl: …}.
 */
final class Complaints {

  private Complaints() {}

  static String of(Command command) {
    String program = command.program().substring(command.program().lastIndexOf('/') + 1);
    return switch (program) {
      case "ifconfig" -> ifconfig(command);
      case "route" -> "route: writing to routing socket: No buffer space available\n";
      case "netstat" -> "netstat: sysctl: net.routetable: Cannot allocate memory\n";
      case "sysctl" -> "sysctl: sysctl fmt -1 1024 2: Cannot allocate memory\n";
      case "kill" -> "kill: 1404: Operation not permitted\n";
      case "pkill" -> "pkill: signalling pid 1404: Operation not permitted\n";
      case "dhclient" -> "Can't find free bpf: No such file or directory\nexiting.\n";
      case "ps" -> "ps: kvm_getprocs: Cannot allocate memory\n";
      case "rtsol" -> "rtsol: socket: Too many open files\n";
      default -> program + ": Cannot fork\n";
    };
  }

  private static String ifconfig(Command command) {
    if (command.arguments().contains("laggport") || command.arguments().contains("-laggport")) {
      return "ifconfig: SIOCSLAGGPORT: Device busy\n";
    }
    if (command.arguments().contains("create")) {
      return "ifconfig: SIOCIFCREATE2: Cannot allocate memory\n";
    }
    if (command.arguments().contains("inet") || command.arguments().contains("inet6")) {
      return "ifconfig: ioctl (SIOCAIFADDR): No buffer space available\n";
    }
    return "ifconfig: ioctl SIOCSIFFLAGS: Input/output error\n";
  }
}

package org.hnvf.sim;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** ifconfig(8): its options, and which of listing, showing and setting is meant. */
final class IfconfigProgram implements GuestCommand {
  private static final String USAGE =
      "usage: ifconfig [-j jail] [-f type:format] [-g groupname] [-C] [-L] interface"
          + " address_family\n"
          + "                [address [dest_address]] [parameters]\n"
          + "       ifconfig [-j jail] interface create\n"
          + "       ifconfig [-j jail] -a [-g groupname] [-C] [-L] [-d] [-m] [-u] [-v]"
          + " [address_family]\n"
          + "       ifconfig [-j jail] -l [-d] [-u] [address_family]\n"
          + "       ifconfig [-j jail] [-g groupname] [-C] [-L] [-d] [-m] [-u] [-v]\n";

  private final Kernel kernel;

  IfconfigProgram(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void act(Job job) {
    IfconfigOptions options = new IfconfigOptions();
    List<String> words = new ArrayList<>(job.args());
    while (!words.isEmpty() && words.get(0).startsWith("-") && words.get(0).length() > 1) {
      if (!option(job, options, words.remove(0), words)) {
        return;
      }
    }
    boolean many = options.all || options.list || words.isEmpty();
    if ((options.list && (options.all || options.capabilities))
        || (options.upOnly && options.downOnly)
        || (many && words.size() > 1)) {
      usage(job);
    } else if (many && words.size() == 1 && !isFamily(words.get(0))) {
      job.err("ifconfig: Address family '" + words.get(0) + "' unknown.\n");
      usage(job);
    } else if (options.list) {
      list(job, options, words);
    } else if (many) {
      showAll(job, options, words);
    } else {
      one(job, options, words);
    }
  }

  private static void usage(Job job) {
    job.err(USAGE);
    job.status(1);
  }

  /** Whether to go on after this option. */
  private boolean option(Job job, IfconfigOptions options, String word, List<String> rest) {
    for (int i = 1; i < word.length(); i++) {
      char letter = word.charAt(i);
      if (letter == 'f' || letter == 'g' || letter == 'j' || letter == 'G') {
        String value = word.substring(i + 1);
        if (value.isEmpty()) {
          if (rest.isEmpty()) {
            job.fail(1, "ifconfig: option requires an argument -- " + letter);
            job.err(USAGE);
            return false;
          }
          value = rest.remove(0);
        }
        return valued(job, options, letter, value);
      }
      if (letter == 'C') {
        job.out("lagg bridge vlan vmnet tap tun lo\n");
        return false;
      }
      if (!flag(options, letter)) {
        job.fail(1, "ifconfig: illegal option -- " + letter);
        job.err(USAGE);
        return false;
      }
    }
    return true;
  }

  private boolean valued(Job job, IfconfigOptions options, char letter, String value) {
    if (letter == 'j') {
      job.fail(1, "ifconfig: jail not found: No such file or directory");
      return false;
    }
    if (letter == 'f') {
      formats(job, options, value);
    } else if (letter == 'g') {
      options.group = Optional.of(value);
      if (!options.all) {
        group(job, value);
      }
      return options.all;
    }
    return true;
  }

  /** {@code TYPE:FORMAT}, and the short forms {@code cidr} and {@code default} (setformat). */
  private static void formats(Job job, IfconfigOptions options, String value) {
    for (String format : value.split(",", -1)) {
      switch (format) {
        case "default" -> options.formats.clear();
        case "cidr" -> options.formats.addAll(List.of("inet:cidr", "inet6:cidr"));
        default -> {
          if (format.contains(":")) {
            options.formats.add(format);
          } else {
            job.err("ifconfig: Skipping invalid format: " + format + "\n\n");
          }
        }
      }
    }
  }

  private boolean flag(IfconfigOptions options, char letter) {
    switch (letter) {
      case 'a' -> options.all = true;
      case 'l' -> options.list = true;
      case 'u' -> options.upOnly = true;
      case 'd' -> options.downOnly = true;
      case 'm' -> options.capabilities = true;
      case 'v' -> options.verbose = true;
      case 'k' -> options.keys = true;
      case 'L', 'n' -> options.ignored = true;
      case 'D' -> {
        options.driverName = true;
        return kernel.state().netlink;
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void group(Job job, String group) {
    loadLagg(group);
    for (Iface iface : kernel.interfaces().all()) {
      if (group.equals("all") || iface.groups.contains(group)) {
        job.out(iface.name + "\n");
      }
    }
  }

  private void list(Job job, IfconfigOptions options, List<String> words) {
    String family = words.isEmpty() ? "" : words.get(0);
    IfconfigPrinter printer = new IfconfigPrinter(kernel, options);
    ImmutableList.Builder<String> names = ImmutableList.builder();
    for (Iface iface : kernel.interfaces().all()) {
      if (options.wants(iface) && printer.isOf(iface, family)) {
        names.add(iface.name);
      }
    }
    job.out(String.join(" ", names.build()) + "\n");
  }

  private void showAll(Job job, IfconfigOptions options, List<String> words) {
    options.family = words.isEmpty() ? "" : words.get(0);
    IfconfigPrinter printer = new IfconfigPrinter(kernel, options);
    if (options.family.isEmpty()) {
      job.out(job.crowd().interfaces());
    }
    for (Iface iface : kernel.interfaces().all()) {
      if (options.wants(iface)) {
        job.out(printer.show(iface));
      }
    }
  }

  private void one(Job job, IfconfigOptions options, List<String> words) {
    String name = words.remove(0);
    loadLagg(name);
    Optional<Iface> iface = kernel.interfaces().find(name);
    boolean creates =
        !words.isEmpty() && (words.get(0).equals("create") || words.get(0).equals("plumb"));
    if (iface.isEmpty() && !creates) {
      job.fail(1, "ifconfig: interface " + name + " does not exist");
      return;
    }
    if (iface.isPresent() && creates) {
      if (words.size() == 1) {
        job.fail(1, "ifconfig: interface " + name + " already exists");
        return;
      }
      // Where there is more to do than to create it, that is done to the one that is there.
      words.remove(0);
    }
    if (iface.isPresent() && words.isEmpty()) {
      job.out(new IfconfigPrinter(kernel, options).show(iface.get()));
      return;
    }
    if (iface.isPresent() && words.size() == 1 && isFamily(words.get(0))) {
      options.family = words.get(0);
      job.out(new IfconfigPrinter(kernel, options).show(iface.get()));
      return;
    }
    new IfconfigSetter(kernel, job, name, iface).set(words);
  }

  static boolean isFamily(String word) {
    return switch (word) {
      case "inet", "inet6", "ether", "link", "lladdr" -> true;
      default -> false;
    };
  }

  /** Even to ask for a lagg loads its module. */
  private void loadLagg(String name) {
    if (name.startsWith("lagg")) {
      kernel.state().laggLoaded = true;
    }
  }
}

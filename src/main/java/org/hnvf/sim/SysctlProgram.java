package org.hnvf.sim;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Ints;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** sysctl(8). */
final class SysctlProgram implements GuestCommand {
  private static final String USAGE =
      "usage: sysctl [-j jail] [-bdeFhiJlNnoqTtVWx] [ -B <bufsize> ] [-f filename] name[=value]"
          + " ...\n"
          + "       sysctl [-j jail] [-bdeFhJlNnoqTtVWx] [ -B <bufsize> ] -a\n";

  private final Kernel kernel;

  SysctlProgram(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void act(Job job) {
    StringBuilder options = new StringBuilder();
    List<String> names = new ArrayList<>(job.args());
    while (!names.isEmpty() && names.get(0).startsWith("-")) {
      for (char letter : names.remove(0).substring(1).toCharArray()) {
        if ("abdeFhilNnoqTtVWx".indexOf(letter) < 0) {
          job.fail(1, "sysctl: illegal option -- " + letter);
          job.err(USAGE);
          return;
        }
        options.append(letter);
      }
    }
    String given = options.toString();
    ImmutableMap<String, SysctlTree.Leaf> leaves = new SysctlTree(kernel).leaves();
    if (given.contains("a")) {
      leaves.forEach((name, leaf) -> show(job, given, name, leaf));
    } else if (names.isEmpty()) {
      job.status(1);
      job.err(USAGE);
    }
    for (String name : names) {
      if (name.contains("=")) {
        assign(job, given, leaves, name);
      } else {
        read(job, given, leaves, name);
      }
    }
  }

  private static void read(
      Job job, String options, ImmutableMap<String, SysctlTree.Leaf> leaves, String name) {
    boolean found = false;
    String below = name + ".";
    for (Map.Entry<String, SysctlTree.Leaf> entry : leaves.entrySet()) {
      if (entry.getKey().equals(name) || entry.getKey().startsWith(below)) {
        show(job, options, entry.getKey(), entry.getValue());
        found = true;
      }
    }
    if (!found) {
      unknown(job, options, name);
    }
  }

  private static void unknown(Job job, String options, String name) {
    if (options.contains("i")) {
      return;
    }
    job.status(1);
    if (!options.contains("q")) {
      job.err("sysctl: unknown oid '" + name + "'\n");
    }
  }

  private static void show(Job job, String options, String name, SysctlTree.Leaf leaf) {
    if (options.contains("N")) {
      job.out(name + "\n");
      return;
    }
    String value = leaf.value();
    if (options.contains("d")) {
      value = leaf.description();
    } else if (options.contains("t")) {
      value = leaf.integer() ? "integer" : "string";
    }
    String separator = options.contains("e") ? "=" : ": ";
    job.out(options.contains("n") ? value + "\n" : name + separator + value + "\n");
  }

  private void assign(
      Job job, String options, ImmutableMap<String, SysctlTree.Leaf> leaves, String word) {
    int equals = word.indexOf('=');
    String name = word.substring(0, equals);
    String text = word.substring(equals + 1);
    SysctlTree.Leaf leaf = leaves.get(name);
    if (leaf == null) {
      unknown(job, options, name);
      return;
    }
    if (leaf.access() == SysctlTree.Access.BOOT_TIME) {
      job.fail(1, "sysctl: oid '" + name + "' is a read only tunable");
      job.err("sysctl: Tunable values are set in /boot/loader.conf\n");
      return;
    }
    if (leaf.access() == SysctlTree.Access.READ_ONLY) {
      job.fail(1, "sysctl: oid '" + name + "' is read only");
      return;
    }
    Integer value = Ints.tryParse(text);
    if (value == null) {
      job.fail(1, "sysctl: invalid integer '" + text + "'");
      return;
    }
    if (!name.equals(SysctlTree.FIBS)) {
      kernel.state().failoverRxAll = value;
    } else if (value >= kernel.state().fibs) {
      kernel.state().fibs = value;
    } else {
      job.fail(1, "sysctl: " + name + "=" + text + ": " + Errno.EINVAL.text());
      return;
    }
    if (!options.contains("q")) {
      job.out(name + ": " + leaf.value() + " -> " + value + "\n");
    }
  }
}

package org.hnvf.sim;

import java.util.List;

/** resolvconf(8): {@code -i}, {@code -l} and {@code -d IF}. */
final class ResolvconfProgram implements GuestCommand {
  private final ResolvconfDatabase resolvconf;
  private final GuestFiles files;

  ResolvconfProgram(GuestFiles files) {
    this.files = files;
    this.resolvconf = new ResolvconfDatabase(files);
  }

  @Override
  public void act(Job job) {
    List<String> args = job.args();
    String option = args.isEmpty() ? "" : args.get(0);
    switch (option) {
      case "-i" -> {
        StringBuilder names = new StringBuilder();
        resolvconf.interfaces().forEach(name -> names.append(name).append(' '));
        job.out(names.append('\n').toString());
      }
      case "-l" ->
          resolvconf
              .interfaces()
              .forEach(
                  name ->
                      job.out(
                          "# resolv.conf from "
                              + name
                              + "\n"
                              + files.read(ResolvconfDatabase.INTERFACES + "/" + name).orElse("")));
      case "-d", "-fd" -> delete(job, args, option.contains("f"));
      case "-u" -> {}
      default -> job.fail(1, "resolvconf: the simulated guest knows only -i, -l, -u and -d IF");
    }
  }

  private void delete(Job job, List<String> args, boolean force) {
    if (args.size() != 2) {
      job.fail(1, "resolvconf: Interface not specified");
    } else if (resolvconf.has(args.get(1))) {
      resolvconf.delete(args.get(1));
    } else if (!force) {
      job.fail(1, "No resolv.conf for interface " + args.get(1));
    }
  }
}

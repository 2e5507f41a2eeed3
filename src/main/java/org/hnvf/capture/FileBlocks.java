package org.hnvf.capture;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hnvf.exec.DurableFiles;
import org.hnvf.exec.OwnDirectories;
import org.hnvf.freebsd.Dhclient;
import org.hnvf.freebsd.DhclientConf;
import org.hnvf.freebsd.Resolvconf;
import org.hnvf.journal.History;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.SystemException;
import org.hnvf.settings.SettingsFile;

/** Reads the files of a capture: a fixed list of places. */
final class FileBlocks {

  /** The newest journals of finished workflows that are a part of a capture. */
  private static final int JOURNALS = 10;

  private static final String LEASES_OF = "dhclient.leases.";
  private static final Pattern KEPT =
      Pattern.compile("hn[0-9]{1,10}\\.(word|backoff|delay|script|ups|last|journal)");
  private static final Pattern KEPT_OF_BOOT =
      Pattern.compile("hn[0-9]{1,10}\\.(lagg|unproven|halfdone)");

  private final DurableFiles files;
  private final ImmutableList.Builder<Block> blocks = ImmutableList.builder();

  FileBlocks(DurableFiles files) {
    this.files = files;
  }

  /**
   * Reads all of them.
   *
   * @param interfaces the names of the interfaces
   * @param confs further configuration files of dhclient(8)
   * @param prefix the directory in which hnvf is installed
   */
  ImmutableList<Block> all(
      ImmutableSet<String> interfaces, ImmutableSet<String> confs, String prefix) {
    for (String name : list(Dhclient.LEASES, FileBlocks::isLeases)) {
      cat(Source.LEASES, Dhclient.LEASES + "/" + name);
    }
    cat(Source.DHCLIENT_CONF, DhclientConf.FILE);
    confs.stream()
        .filter(path -> !path.equals(DhclientConf.FILE) && isPath(path))
        .forEach(path -> cat(Source.DHCLIENT_CONF, path));
    for (String name : interfaces) {
      InterfaceName.of(name).map(Dhclient::pidFiles).orElse(ImmutableList.of()).stream()
          .filter(files::exists)
          .forEach(path -> cat(Source.PID, path));
    }
    names(Resolvconf.INTERFACES);
    cat(Source.SETTINGS, SettingsFile.under(prefix, files).path());
    states(OwnDirectories.STATE, KEPT.asMatchPredicate());
    states(OwnDirectories.RUN, KEPT_OF_BOOT.asMatchPredicate());
    ImmutableList<String> journals = list(History.DIRECTORY, History::isJournal);
    journals
        .subList(Math.max(0, journals.size() - JOURNALS), journals.size())
        .forEach(name -> cat(Source.STATE, History.DIRECTORY + "/" + name));
    return blocks.build();
  }

  private static boolean isLeases(String name) {
    return name.startsWith(LEASES_OF)
        && InterfaceName.of(name.substring(LEASES_OF.length())).isPresent();
  }

  /** Returns whether the files accept this path. */
  private static boolean isPath(String path) {
    return path.matches("(/[A-Za-z0-9_+@%=:,-][A-Za-z0-9_+@%=:,.-]*)+");
  }

  private void states(String directory, Predicate<String> wanted) {
    list(directory, wanted).forEach(name -> cat(Source.STATE, directory + "/" + name));
  }

  /** Lists a directory; a failure is a block. */
  private ImmutableList<String> list(String directory, Predicate<String> wanted) {
    try {
      return files.list(directory).stream().filter(wanted).collect(ImmutableList.toImmutableList());
    } catch (SystemException e) {
      blocks.add(Block.failed(Source.NAMES, "ls " + directory, "ls: " + e.getMessage()));
      return ImmutableList.of();
    }
  }

  /** Shows the names that begin with that of an interface, as resolvconf(8) has them. */
  private void names(String directory) {
    blocks.add(
        Block.read(
            Source.NAMES,
            "ls " + directory,
            list(directory, name -> InterfaceName.of(name).isPresent()).stream()
                .map(name -> name + "\n")
                .collect(Collectors.joining())));
  }

  private void cat(Source source, String path) {
    String command = "cat " + path;
    try {
      Optional<String> text =
          source == Source.DHCLIENT_CONF ? files.readThroughLinks(path) : files.read(path);
      blocks.add(
          text.map(found -> Block.read(source, command, found))
              .orElseGet(
                  () ->
                      Block.failed(
                          source, command, "cat: " + path + ": No such file or directory")));
    } catch (SystemException e) {
      blocks.add(Block.failed(source, command, "cat: " + e.getMessage()));
    }
  }
}

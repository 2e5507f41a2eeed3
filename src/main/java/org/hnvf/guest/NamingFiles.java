package org.hnvf.guest;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import org.hnvf.exec.DurableFiles;
import org.hnvf.freebsd.InterfaceMentions;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.OtherUse.Mention;
import org.hnvf.model.SystemException;

/**
 * Searches for the name of an interface in the files in which an administrator may have put it: a
 * fixed list; each file is read completely or not at all. Other files are not known.
 */
final class NamingFiles {

  /** The largest number of files of a directory; a directory with more is not read. */
  private static final int MOST = 300;

  private static final ImmutableList<String> RC_CONF =
      ImmutableList.of("/etc/rc.conf", "/etc/rc.conf.local");

  private static final ImmutableList<String> RC_CONF_DIRECTORIES =
      ImmutableList.of("/etc/rc.conf.d", "/usr/local/etc/rc.conf.d");

  private static final ImmutableList<String> FILES =
      ImmutableList.of(
          "/etc/jail.conf",
          "/etc/natd.conf",
          "/etc/rc.local",
          "/etc/dhclient-enter-hooks",
          "/etc/dhclient-exit-hooks",
          "/etc/rtadvd.conf",
          "/usr/local/etc/dhcpd.conf",
          "/usr/local/etc/dhcpd6.conf",
          "/usr/local/etc/dhcpcd.conf",
          "/usr/local/etc/dnsmasq.conf",
          "/usr/local/etc/bird.conf",
          "/usr/local/etc/frr/frr.conf",
          "/usr/local/etc/mpd5/mpd.conf",
          "/etc/ppp/ppp.conf",
          // vm-bhyve adds hn to its bridge when it starts, which may be after the move.
          "/vm/.config/system.conf",
          "/zroot/vm/.config/system.conf");

  private static final ImmutableList<String> DIRECTORIES =
      ImmutableList.of(
          "/etc/jail.conf.d", "/etc/devd", "/usr/local/etc/devd", "/usr/local/etc/rc.d");

  /** The files of hnvf itself. */
  private static final ImmutableSet<String> OWN =
      ImmutableSet.of("/usr/local/etc/devd/hnvf.conf", "/usr/local/etc/rc.d/hnvf");

  private final DurableFiles files;
  private final InterfaceName name;
  private final ImmutableList.Builder<Mention> mentions = ImmutableList.builder();
  private final List<String> unread;

  private NamingFiles(DurableFiles files, InterfaceName name, List<String> unread) {
    this.files = files;
    this.name = name;
    this.unread = unread;
  }

  /**
   * Returns the lines that contain the name.
   *
   * @param unread receives the files that could not be read, with the reason
   */
  static ImmutableList<Mention> naming(
      DurableFiles files, InterfaceName name, List<String> unread) {
    NamingFiles all = new NamingFiles(files, name, unread);
    RC_CONF.forEach(file -> all.look(file, true));
    RC_CONF_DIRECTORIES.forEach(directory -> all.lookIn(directory, true));
    String startIf = "/etc/start_if." + name;
    if (files.exists(startIf)) {
      all.mentions.add(new Mention(startIf, 0, ""));
    }
    FILES.forEach(file -> all.look(file, false));
    DIRECTORIES.forEach(directory -> all.lookIn(directory, false));
    return all.mentions.build();
  }

  private void lookIn(String directory, boolean rcConf) {
    ImmutableList<String> names;
    try {
      names = files.list(directory);
    } catch (SystemException e) {
      unread.add(String.valueOf(e.getMessage()));
      return;
    }
    if (names.size() > MOST) {
      unread.add(
          directory
              + " has "
              + names.size()
              + " files, which are too many; hnvf read none of them");
      return;
    }
    names.forEach(file -> look(directory + "/" + file, rcConf));
  }

  private void look(String file, boolean rcConf) {
    if (OWN.contains(file)) {
      return;
    }
    try {
      files
          .read(file)
          .ifPresent(
              text ->
                  mentions.addAll(
                      rcConf
                          ? InterfaceMentions.inRcConf(file, text, name)
                          : InterfaceMentions.in(file, text, name)));
    } catch (SystemException e) {
      unread.add(String.valueOf(e.getMessage()));
    }
  }
}

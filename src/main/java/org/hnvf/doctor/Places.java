package org.hnvf.doctor;

import com.google.common.collect.ImmutableList;
import org.hnvf.exec.OwnDirectories;

/**
 * The paths of an installed hnvf and of the system files that the checks need.
 *
 * @param prefix the directory in which hnvf is installed
 */
record Places(String prefix) {

  static final String LOADER = "/boot/loader.conf";
  static final String DEVD = "/etc/devd.conf";
  static final String DEVD_PID = "/var/run/devd.pid";
  static final String PASSWD = "/etc/passwd";
  static final String KERNEL = "/boot/kernel/kernel";
  static final String LAGG_MODULE = "/boot/kernel/if_lagg.ko";
  static final String DAEMON_PID = OwnDirectories.RUN + "/daemon.pid";
  static final String RC_CONF = "/etc/rc.conf";

  /** The configuration of the agent of Azure, of the port and of the agent itself. */
  static final ImmutableList<String> AGENT =
      ImmutableList.of("/usr/local/etc/waagent.conf", "/etc/waagent.conf");

  String jar() {
    return prefix + "/share/java/hnvf/hnvf.jar";
  }

  String archive() {
    return prefix + "/share/java/hnvf/hnvf.jsa";
  }

  /** The list that scripts/install writes; a package has none. */
  String list() {
    return prefix + "/share/java/hnvf/installed";
  }

  String devdDirectory() {
    return prefix + "/etc/devd";
  }

  String devdRules() {
    return devdDirectory() + "/hnvf.conf";
  }

  /** Makes the archive; it names the Java of the installation. */
  String archiver() {
    return prefix + "/libexec/hnvf/archive";
  }

  String settings() {
    return prefix + "/etc/hnvf/hnvf.json";
  }

  String settingsDirectory() {
    return prefix + "/etc/hnvf";
  }

  /** The files of rc.conf(5) for the service hnvf alone, which hnvf itself does not evaluate. */
  ImmutableList<String> serviceConfs() {
    return ImmutableList.of("/etc/rc.conf.d/hnvf", prefix + "/etc/rc.conf.d/hnvf");
  }
}

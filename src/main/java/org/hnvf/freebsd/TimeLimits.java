package org.hnvf.freebsd;

import java.time.Duration;

/**
 * The time limits after which a command counts as hung. On a healthy guest all commands except
 * dhclient(8) and rtsol(8) end within a tenth of a second.
 */
public final class TimeLimits {

  /** ifconfig(8), netstat(1), arp(8), ndp(8) and ping(8) that only read. */
  public static final Duration READ = Duration.ofSeconds(10);

  /** Commands that only load their program into memory. */
  public static final Duration BEFOREHAND = Duration.ofSeconds(2);

  /** ps(1). */
  public static final Duration PS = Duration.ofSeconds(10);

  /**
   * Commands that find other users of an hn: jls(8), kldstat(8), ngctl(8), pfctl(8) and ipfw(8). If
   * the VF is already up, the guest stays cut off until they end.
   */
  public static final Duration QUESTION = Duration.ofSeconds(2);

  /** sysctl(8). */
  public static final Duration SYSCTL = Duration.ofSeconds(5);

  /** ifconfig(8), route(8), arp(8) and ndp(8) that change something. */
  public static final Duration CHANGE = Duration.ofSeconds(10);

  /**
   * dhclient(8) in the foreground. With an old lease and a silent server it exits after 77 s, so
   * the limit never kills a client that may still succeed.
   */
  public static final Duration DHCLIENT = Duration.ofSeconds(100);

  /** kill(1). */
  public static final Duration KILL = Duration.ofSeconds(5);

  /** resolvconf(8), a shell script that restarts the services that depend on /etc/resolv.conf. */
  public static final Duration RESOLVCONF = Duration.ofSeconds(15);

  /** rtsol(8), which waits about 10 s if no router answers. */
  public static final Duration RTSOL = Duration.ofSeconds(15);

  private TimeLimits() {}
}

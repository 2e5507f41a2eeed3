package org.hnvf.freebsd;

import java.time.Duration;

/**
 * How long each kind of command may take before it counts as hung. On a healthy guest all but
 * dhclient(8) and rtsol(8) end within a tenth of a second, so these limits only meet what is stuck.
 */
public final class TimeLimits {

  /** ifconfig(8), netstat(1), arp(8), ndp(8) and ping(8) that only look. */
  public static final Duration READ = Duration.ofSeconds(10);

  /** What is run for nothing but to have its program in memory. */
  public static final Duration BEFOREHAND = Duration.ofSeconds(2);

  /** ps(1). */
  public static final Duration PS = Duration.ofSeconds(10);

  /**
   * Who else uses an hn: jls(8), kldstat(8), ngctl(8), pfctl(8) and ipfw(8). A VF that is up
   * already waits for them, and the guest with it.
   */
  public static final Duration QUESTION = Duration.ofSeconds(2);

  /** sysctl(8). */
  public static final Duration SYSCTL = Duration.ofSeconds(5);

  /** ifconfig(8), route(8), arp(8) and ndp(8) that change something. */
  public static final Duration CHANGE = Duration.ofSeconds(10);

  /**
   * dhclient(8) in the foreground. With an old lease and a silent server it gives up by itself
   * after 77 s, so it is never killed while it may still succeed.
   */
  public static final Duration DHCLIENT = Duration.ofSeconds(100);

  /** kill(1). */
  public static final Duration KILL = Duration.ofSeconds(5);

  /** resolvconf(8), a shell script that restarts what depends on /etc/resolv.conf. */
  public static final Duration RESOLVCONF = Duration.ofSeconds(15);

  /** rtsol(8), which waits about 10 s where no router answers. */
  public static final Duration RTSOL = Duration.ofSeconds(15);

  private TimeLimits() {}
}

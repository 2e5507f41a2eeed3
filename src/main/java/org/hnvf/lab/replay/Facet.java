package org.hnvf.lab.replay;

/**
 * A part of the guest's state that is known or not known by itself.
 *
 * @param subject an interface, a file, a sysctl, or what {@link #ROUTES} and the others say
 * @param part {@code link}, {@code inet} or {@code inet6}; of other subjects empty
 */
public record Facet(String subject, String part) {

  static final String ROUTES = "routes";
  static final String CLIENTS = "dhclient processes";
  static final String NEIGHBOURS = "neighbours";
  static final String NETWORK = "the network behind";
  static final String MODULES = "kernel modules";

  static Facet of(String subject) {
    return new Facet(subject, "");
  }

  /** The routes of a family. */
  public static Facet routes(boolean ipv6) {
    return new Facet(ROUTES, ipv6 ? "inet6" : "inet");
  }

  static Facet file(String path) {
    return of("file " + path);
  }

  static Facet sysctl(String name) {
    return of("sysctl " + name);
  }

  @Override
  public String toString() {
    return part.isEmpty() ? subject : subject + " " + part;
  }
}

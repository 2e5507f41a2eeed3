/**
 * Pure knowledge of FreeBSD: the argument vectors of ifconfig, sysctl, route, netstat, dhclient and
 * the like, and parsers of what they print.
 *
 * <p>May use {@code model}. No I/O.
 */
@NullMarked
package org.hnvf.freebsd;

import org.jspecify.annotations.NullMarked;

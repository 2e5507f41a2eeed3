/**
 * The commands of FreeBSD: argument vectors of ifconfig, sysctl, route, netstat, dhclient and
 * others, and parsers of their output.
 *
 * <p>May use {@code model}. No I/O.
 */
@NullMarked
package org.hnvf.freebsd;

import org.jspecify.annotations.NullMarked;

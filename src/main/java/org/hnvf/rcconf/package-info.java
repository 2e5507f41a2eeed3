/**
 * rc.conf(5): evaluates it with /bin/sh as rc(8) does, and derives the configuration of one
 * interface (the ifconfig commands that FreeBSD's netif would run).
 *
 * <p>May use {@code exec} and {@code model}.
 */
@NullMarked
package org.hnvf.rcconf;

import org.jspecify.annotations.NullMarked;

/**
 * rc.conf(5): evaluated by /bin/sh as rc(8) does, and what its variables then mean for one
 * interface (the ifconfig commands that FreeBSD's netif would run).
 *
 * <p>May use {@code exec} and {@code model}.
 */
@NullMarked
package org.hnvf.rcconf;

import org.jspecify.annotations.NullMarked;

/**
 * The simulated guest: a FreeBSD on Hyper-V that answers commands as the real one does, with a file
 * tree, virtual time, a host that gives and takes VFs, faults, and a probe of reachability.
 *
 * <p>May use {@code exec} and {@code model}: it shares no parser and no printer with the product.
 */
@NullMarked
package org.hnvf.sim;

import org.jspecify.annotations.NullMarked;

/**
 * The line protocol of a daemon on a Unix-domain socket: server and client. It knows the requests,
 * and not how they are carried out.
 *
 * <p>May use {@code model}.
 */
@NullMarked
package org.hnvf.control;

import org.jspecify.annotations.NullMarked;

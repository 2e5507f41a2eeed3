/**
 * The line protocol on a Unix-domain socket by which a resident hnvf is asked: server and client.
 * It knows what may be asked, and nothing of what is done about it.
 *
 * <p>May use {@code model}.
 */
@NullMarked
package org.hnvf.control;

import org.jspecify.annotations.NullMarked;

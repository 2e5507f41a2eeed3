/**
 * Replays a recorded transcript against the simulated guest, and says for each command whether it
 * answers the same.
 *
 * <p>May use what {@code lab} may use.
 */
@NullMarked
package org.hnvf.lab.replay;

import org.jspecify.annotations.NullMarked;

/**
 * Reads the configuration file of hnvf strictly, and reports the place of a fault. It is read for
 * every event, so databind, which is slow to load, is not used.
 *
 * <p>May use {@code exec} and {@code model}.
 */
@NullMarked
package org.hnvf.settings;

import org.jspecify.annotations.NullMarked;

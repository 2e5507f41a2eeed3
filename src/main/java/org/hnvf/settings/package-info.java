/**
 * Reads the configuration file of hnvf: strictly, with the place of what is wrong. It is read for
 * every event, so databind, which is slow to load, is not used.
 *
 * <p>May use {@code exec} and {@code model}.
 */
@NullMarked
package org.hnvf.settings;

import org.jspecify.annotations.NullMarked;

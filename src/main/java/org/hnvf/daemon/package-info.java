/**
 * The resident hnvf: which pair is to be looked at, when, and what is logged of it. What is then
 * done about the pair is in {@code service}.
 *
 * <p>May use {@code service}, {@code control}, and what they use.
 */
@NullMarked
package org.hnvf.daemon;

import org.jspecify.annotations.NullMarked;

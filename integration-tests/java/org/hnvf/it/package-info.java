/** Tests with real processes; run by failsafe. */
@NullMarked
package org.hnvf.it;

import org.jspecify.annotations.NullMarked;

/**
 * The verb {@code doctor}: {@link org.hnvf.doctor.FactReader} reads the guest once, and each {@link
 * org.hnvf.doctor.Check} is a pure function of these facts. Nothing is changed.
 *
 * <p>May use {@code service} and what that uses, {@code settings} and {@code control}.
 */
@NullMarked
package org.hnvf.doctor;

import org.jspecify.annotations.NullMarked;

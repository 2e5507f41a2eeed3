/**
 * hnvf keeps a FreeBSD guest on Hyper-V or Azure reachable while its SR-IOV network VF comes and
 * goes.
 *
 * <p>The way of an event: {@code event} reads it, {@code service} looks at the pair through {@code
 * guest} and {@code rcconf}, {@code plan} decides, {@code workflow} acts through {@code exec}. The
 * page {@code docs/architecture.md} draws it.
 */
@NullMarked
package org.hnvf;

import org.jspecify.annotations.NullMarked;

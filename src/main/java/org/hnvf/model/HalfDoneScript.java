package org.hnvf.model;

import java.util.Optional;

/**
 * An override script that was interrupted. hnvf repairs its partial changes only if the
 * administrator requests it.
 *
 * @param cause how it ended
 * @param lagg the lagg that it created, even if hn is not a port of it
 */
public record HalfDoneScript(String cause, Optional<InterfaceName> lagg) {}

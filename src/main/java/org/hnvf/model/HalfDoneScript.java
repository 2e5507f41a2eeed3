package org.hnvf.model;

import java.util.Optional;

/**
 * An administrator's script that did not come to its end. What it has done until then is not
 * repaired unless an operator asks for it.
 *
 * @param cause how it ended
 * @param lagg the lagg that it made, also where hn is not in it
 */
public record HalfDoneScript(String cause, Optional<InterfaceName> lagg) {}

package org.hnvf.service;

import org.hnvf.model.HnUnit;

/** Receives the messages about the hooks of a pair. Nothing else of hnvf depends on a hook. */
public interface HookLog {

  /** A hook was run, or has printed this line. */
  void fact(HnUnit unit, String text);

  /** A hook was not run, or failed. */
  void fault(HnUnit unit, String text);
}

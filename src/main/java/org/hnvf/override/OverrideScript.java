package org.hnvf.override;

/** The override script that replaces the workflow of an interface. */
public sealed interface OverrideScript {

  /** Returns its path on the guest. */
  String path();

  /** It may be run. */
  record Accepted(String path) implements OverrideScript {}

  /**
   * It may not be run. The default workflow does not run instead, because the administrator has
   * replaced it.
   *
   * @param reason the reason, for the administrator
   */
  record Refused(String path, String reason) implements OverrideScript {}
}

package org.hnvf.override;

/** The script that an administrator has put in the place of the workflow of an interface. */
public sealed interface OverrideScript {

  /** Where it is on the guest. */
  String path();

  /** It may be run. */
  record Accepted(String path) implements OverrideScript {}

  /**
   * It may not be run; nor may the default workflow in its place, which the administrator did not
   * want.
   *
   * @param reason what is wrong with it, for the administrator
   */
  record Refused(String path, String reason) implements OverrideScript {}
}

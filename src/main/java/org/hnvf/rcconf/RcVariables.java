package org.hnvf.rcconf;

import com.google.common.collect.ImmutableMap;
import java.util.Optional;

/**
 * The variables of an evaluated rc.conf(5) that hnvf looks at, the defaults included.
 *
 * @param values their values by name; a variable that is not set is not in it
 */
public record RcVariables(ImmutableMap<String, String> values) {

  /** The value, where the variable is set; it may be empty. */
  public Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** The value as sh sees it in {@code $name}: empty where the variable is not set. */
  public String text(String name) {
    return values.getOrDefault(name, "");
  }

  /**
   * What {@code checkyesno} of rc.subr(8) says of the variable; nothing where it would complain.
   */
  public Optional<Boolean> yesNo(String name) {
    return YesNo.of(text(name));
  }
}

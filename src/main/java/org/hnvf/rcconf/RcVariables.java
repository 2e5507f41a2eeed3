package org.hnvf.rcconf;

import com.google.common.collect.ImmutableMap;
import java.util.Optional;

/**
 * The variables of an evaluated rc.conf(5) that hnvf uses, including the defaults.
 *
 * @param values their values by name; without variables that are not set
 */
public record RcVariables(ImmutableMap<String, String> values) {

  /** Returns the value if the variable is set; it may be empty. */
  public Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** Returns the value of {@code $name} in sh: empty if the variable is not set. */
  public String text(String name) {
    return values.getOrDefault(name, "");
  }

  /** Returns the result of {@code checkyesno} of rc.subr(8); empty if it would print a warning. */
  public Optional<Boolean> yesNo(String name) {
    return YesNo.of(text(name));
  }
}

package org.hnvf.rcconf;

import com.google.common.collect.ImmutableList;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.InterfaceConfig;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.UserException;

/**
 * An evaluated rc.conf.
 *
 * @param variables its variables
 * @param warnings the warnings of the evaluation, for the log
 */
public record EvaluatedRcConf(RcVariables variables, ImmutableList<String> warnings) {

  /** Returns a copy with further warnings. */
  public EvaluatedRcConf warning(ImmutableList<String> more) {
    return more.isEmpty()
        ? this
        : new EvaluatedRcConf(
            variables, ImmutableList.<String>builder().addAll(warnings).addAll(more).build());
  }

  /**
   * Returns the configuration of one interface.
   *
   * @throws UserException (configuration) if a value contains more than arguments for ifconfig(8),
   *     such as another command that sh would run at boot
   */
  public InterfaceConfig interfaceConfig(InterfaceName interfaceName) throws UserException {
    return InterfaceCommands.of(variables, interfaceName);
  }

  /**
   * Returns the configuration of this synthetic NIC's pair.
   *
   * @throws UserException as {@link #interfaceConfig}
   */
  public GuestConfig guestConfig(InterfaceName hn) throws UserException {
    return GuestSettings.of(variables, hn, warnings);
  }
}

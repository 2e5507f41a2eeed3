package org.hnvf.rcconf;

import com.google.common.collect.ImmutableList;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.InterfaceConfig;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.UserException;

/**
 * An rc.conf that has been evaluated.
 *
 * @param variables its variables
 * @param warnings what was odd while it was read, for the log
 */
public record EvaluatedRcConf(RcVariables variables, ImmutableList<String> warnings) {

  /** The same, with these warnings in addition. */
  public EvaluatedRcConf warning(ImmutableList<String> more) {
    return more.isEmpty()
        ? this
        : new EvaluatedRcConf(
            variables, ImmutableList.<String>builder().addAll(warnings).addAll(more).build());
  }

  /**
   * What it says of one interface.
   *
   * @throws UserException (configuration) where a value holds more than arguments for ifconfig(8):
   *     another command, say, that sh would run at boot
   */
  public InterfaceConfig interfaceConfig(InterfaceName interfaceName) throws UserException {
    return InterfaceCommands.of(variables, interfaceName);
  }

  /**
   * What it says of the pair of this synthetic NIC.
   *
   * @throws UserException as {@link #interfaceConfig}
   */
  public GuestConfig guestConfig(InterfaceName hn) throws UserException {
    return GuestSettings.of(variables, hn, warnings);
  }
}

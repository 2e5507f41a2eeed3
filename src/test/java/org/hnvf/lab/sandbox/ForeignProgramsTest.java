package org.hnvf.lab.sandbox;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ForeignProgramsTest {

  private final ForeignPrograms programs =
      new ForeignPrograms(ImmutableSet.of("ifconfig", "route", "dhclient"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/sbin/ifconfig lagg0 create",
        "\tif ! /sbin/route -q add default \"$gateway\"; then",
        "run=/sbin/dhclient",
        "env X=y /usr/sbin/route get",
        "x=$(/sbin/ifconfig)",
        "PATH=/sbin:/bin",
        "export PATH=/sbin",
      })
  void theyAreFound(String line) {
    assertThat(programs.firstIn("#!/bin/sh\n" + line + "\n").orElseThrow().line()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ifconfig lagg0 create",
        "# /sbin/ifconfig lagg0 create",
        "ifconfig hn0 # and not /sbin/ifconfig",
        "/sbin/ifconfigure",
        "/bin/cat /etc/rc.conf",
        "echo \"$PATH\"",
        "MYPATH=/x",
        "pkill -F /var/run/dhclient/dhclient.hn0.pid",
      })
  void othersAreNot(String line) {
    assertThat(programs.firstIn("#!/bin/sh\n" + line + "\n")).isEmpty();
  }
}

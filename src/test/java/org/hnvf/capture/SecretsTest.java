package org.hnvf.capture;

import static com.google.common.truth.Truth.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and passwords in any text. */
final class SecretsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vhid 1 pass SEKRIT alias 10.0.2.5/32",
        "vhid 1 pass \"SEKRIT two SEKRIT\" alias",
        "vhid 1 pass 'SEKRIT two SEKRIT' alias",
        "vhid 1 pass SEK\\ SEKRIT alias",
        "vhid 1 pass 'a '\"SEKRIT\" alias",
        "vhid 1 pass $'SEKRIT x' alias",
        "vhid 1 pass \"SEKRIT without an end",
        "vhid 1 PASS SEKRIT",
        "descr \"pass A\" pass \"SEKRIT SEKRIT\"",
        "descr \"a password SEKRIT\" up",
        "descr 'it is' pass 'SEKRIT SEKRIT'",
        "pass\tSEKRIT",
        "authkey SEKRIT",
        "authmode WPA wepkey 1:SEKRIT",
        "psk=SEKRIT",
        "wpa_psk=SEKRIT",
        "wpa-passphrase: SEKRIT",
        "--password SEKRIT",
        "--token=SEKRIT",
        "secret SEKRIT",
        "private-key SEKRIT",
        "https://user:SEKRIT@example.net/",
        "c2VrcmV0LXNla3JldC1zZWtyZXQtc2VrcmV0LXNla3I="
      })
  void isHidden(String text) {
    for (Source source : Source.values()) {
      if (source != Source.SETTINGS) {
        assertThat(Secrets.hidden(source, "x " + text + "\n")).doesNotContain("SEKRIT");
        assertThat(Secrets.hidden(source, "x " + text + "\n")).doesNotContain("c2Vrcm");
      }
    }
  }

  /** The words of a variable after the secret are needed. */
  @Test
  void theRestOfAVariableStays() {
    assertThat(Secrets.hidden(Source.RC_CONF, "inet vhid 1 pass \"a b\" alias 10.0.2.5/32"))
        .isEqualTo("inet vhid 1 pass * alias 10.0.2.5/32");
  }

  /** A password may contain a quote, and ifconfig(8) does not escape it. */
  @Test
  void theRestOfALineOfIfconfigDoesNot() {
    assertThat(
            Secrets.hidden(
                Source.INTERFACES,
                "\tcarp: MASTER vhid 1 advbase 1 advskew 0 key \"a\" b\"\n\tstatus: active\n"))
        .isEqualTo("\tcarp: MASTER vhid 1 advbase 1 advskew 0 key *\n\tstatus: active\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pass in quick on hn0 inet proto tcp from any to any port = ssh flags S/SA keep state\n",
        "@0 pass out all flags S/SA keep state\n",
        "  pass in all\n",
        "nat pass on hn0 inet from 10.0.0.0/24 to any -> (hn0)\n",
        "rdr pass on hn0 inet proto tcp from any to any port = http -> 10.0.0.5\n"
      })
  void theActionOfARuleIsNone(String rule) {
    assertThat(Secrets.hidden(Source.PF_RULES, rule)).isEqualTo(rule);
  }

  @ParameterizedTest
  @EnumSource(
      value = Source.class,
      names = {"INTERFACES", "ROUTES", "SYSCTL", "LEASES", "STATE"})
  void whatIsNoneStays(Source source) {
    String text =
        "inet 10.0.2.15 netmask 0xffffff00\nkeep state\nbypass 1\nmonkey see\nkeyword x\n";
    assertThat(Secrets.hidden(source, text)).isEqualTo(text);
  }
}

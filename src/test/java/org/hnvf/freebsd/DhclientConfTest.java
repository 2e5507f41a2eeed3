package org.hnvf.freebsd;

import static com.google.common.truth.Truth.assertThat;

import org.junit.jupiter.api.Test;

/** Which interfaces a dhclient.conf(5) has a block of, and the same for another one. */
final class DhclientConfTest {

  @Test
  void theBlockOfTranscript69() {
    String text =
        "interface \"hn0\" {\n\tignore routers;\n\tsupersede domain-name \"example.org\";\n}\n";
    assertThat(DhclientConf.interfaces(text)).containsExactly("hn0");
    assertThat(DhclientConf.renamed(text, "hn0", "lagg0")).isEqualTo(text.replace("hn0", "lagg0"));
    assertThat(DhclientConf.renamed(text, "hn1", "lagg1")).isEqualTo(text);
  }

  @Test
  void nothingElseIsRenamed() {
    String text =
        """
        # interface "hn0" { in a comment }
        send host-name "interface \\"hn0\\" {";
        alias { interface "hn0"; fixed-address 10.0.2.60; }
        INTERFACE # a comment between
          "hn0"{ send host-name "hn0"; }
        interface "hn0.100" { ignore routers; }
        interface "hn1" { ignore routers; }
        """;
    assertThat(DhclientConf.interfaces(text)).containsExactly("hn0", "hn0.100", "hn1");
    assertThat(DhclientConf.renamed(text, "hn0", "lagg0"))
        .isEqualTo(text.replace("  \"hn0\"{", "  \"lagg0\"{"));
  }

  @Test
  void aTextThatEndsInTheMiddleIsReadToItsEnd() {
    for (String text :
        new String[] {"", "interface", "interface \"hn0", "interface \"hn0\"", "}}", "\"\\"}) {
      assertThat(DhclientConf.interfaces(text)).isEmpty();
      assertThat(DhclientConf.renamed(text, "hn0", "lagg0")).isEqualTo(text);
    }
  }
}

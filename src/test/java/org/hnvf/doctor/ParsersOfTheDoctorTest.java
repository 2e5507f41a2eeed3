package org.hnvf.doctor;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableMap;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hnvf.freebsd.DevdConf;
import org.hnvf.freebsd.Df;
import org.hnvf.freebsd.LoaderConf;
import org.hnvf.freebsd.Pciconf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parsers that only the doctor needs. */
final class ParsersOfTheDoctorTest {

  @Test
  void pciconfOfFreeBsd15() {
    assertThat(
            Pciconf.networkDevices(
                "none0@pci2:0:2:0:\tclass=0x020000 rev=0x80 hdr=0x00 vendor=0x15b3 device=0x101a"
                    + " subvendor=0x15b3 subdevice=0x0190\n"
                    + "vgapci0@pci0:0:8:0:\tclass=0x030000 rev=0x00 hdr=0x00 vendor=0x1414"
                    + " device=0x5353 subvendor=0x0000 subdevice=0x0000\n"))
        .containsExactly(new Pciconf.NetworkDevice("none", "pci2:0:2:0", "15b3", "101a"));
  }

  @Test
  void pciconfOfFreeBsd13() {
    assertThat(
            Pciconf.networkDevices(
                "mlx4_core0@pci1:0:2:0:\tclass=0x020000 card=0x61b015b3 chip=0x100415b3 rev=0x00"
                    + " hdr=0x00\n"))
        .containsExactly(new Pciconf.NetworkDevice("mlx4_core", "pci1:0:2:0", "15b3", "1004"));
  }

  @Test
  void dfOfADeviceAndOfAPool() {
    assertThat(Df.available("Filesystem 1024-blocks Used Avail Capacity Mounted on\n")).isEmpty();
    assertThat(
            Df.available(
                """
                Filesystem  1024-blocks    Used    Avail Capacity  Mounted on
                /dev/da0p4     30444476 3208872 24800048    11%    /
                """))
        .hasValue(24800048L);
    assertThat(
            Df.available(
                """
                Filesystem         1024-blocks Used  Avail Capacity  Mounted on
                zroot/my var/log     100   110  -10   110%    /var/my log
                """))
        .hasValue(-10L);
  }

  @Test
  void theLastLineOfLoaderConfDecides() {
    String name = "hw.hn.vf_transparent";
    assertThat(LoaderConf.value("#" + name + "=\"0\"\n", name)).isEmpty();
    assertThat(LoaderConf.value(name + "=\"1\"\n" + name + "=0 # now\n", name)).hasValue("0");
    assertThat(LoaderConf.value("hwxhn.vf_transparent=\"0\"\n", name)).isEmpty();
  }

  @Test
  void theRulesOfHnvf() throws Exception {
    DevdConf.File file = DevdConf.parse(Files.readString(Path.of("config/devd/hnvf.conf")));
    ImmutableMap<String, String> vfUp =
        ImmutableMap.of("system", "HYPERV_NIC_VF", "subsystem", "hn0", "type", "VF_UP");
    assertThat(file.rules().stream().filter(rule -> rule.matches(vfUp)).toList()).hasSize(1);
    assertThat(file.rules().stream().map(DevdConf.Rule::priority).distinct().toList())
        .containsExactly(20);
    assertThat(file.directories()).isEmpty();
  }

  @Test
  void aRuleForAnotherInterfaceIsNoRuleForThisOne() {
    DevdConf.Rule rule =
        DevdConf.parse("notify 100 { match \"subsystem\" \"!hn[0-9]+\"; action \"x\"; };")
            .rules()
            .get(0);
    assertThat(rule.matches(ImmutableMap.of("subsystem", "hn0"))).isFalse();
    assertThat(rule.matches(ImmutableMap.of("subsystem", "em0"))).isTrue();
    assertThat(rule.action()).isEqualTo("x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "notify",
        "notify 10 {",
        "notify x { };",
        "notify 10 { match",
        "notify 10 { match \"a\" \"(\"; };",
        "directory",
        "\"",
        "/*",
        "# notify 10 { };"
      })
  void badTextIsSkipped(String text) {
    DevdConf.File file = DevdConf.parse(text);
    file.rules().forEach(rule -> assertThat(rule.matches(ImmutableMap.of("a", "b"))).isFalse());
    assertThat(Pciconf.networkDevices(text)).isEmpty();
    assertThat(Df.available(text)).isEmpty();
  }
}

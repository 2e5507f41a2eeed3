package org.hnvf.capture;

import static com.google.common.truth.Truth.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The replacement of MAC addresses. */
final class MacMapTest {

  private final MacMap map = new MacMap(new byte[] {1});

  @Test
  void theSameOneIsReplacedByTheSame() {
    String image = map.of("00:15:5d:0a:0b:10");
    assertThat(image).startsWith("00:15:5d:");
    assertThat(image).isNotEqualTo("00:15:5d:0a:0b:10");
    assertThat(new MacMap(new byte[] {1}).of("00:15:5d:0a:0b:10")).isEqualTo(image);
    assertThat(new MacMap(new byte[] {2}).of("00:15:5d:0a:0b:10")).isNotEqualTo(image);
  }

  @Test
  void theMakerOfAnotherIsNotShown() {
    String image = map.of("f4:52:14:0a:0b:10");
    assertThat(image).doesNotContain("f4:52:14");
    assertThat(image).doesNotContain("00:15:5d");
  }

  @Test
  void itIsOneToOneAndNoneBecomesAMicrosoftsOne() {
    Set<String> images = new HashSet<>();
    for (int i = 0; i < 1 << 12; i++) {
      String image = map.of(String.format("00:%02x:%02x:00:00:01", 0x10 + (i >> 8), i & 0xff));
      images.add(image);
      assertThat(image.startsWith("00:15:5d")).isEqualTo(i == 0x055d);
    }
    assertThat(images).hasSize(1 << 12);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00:00:00:00:00:00",
        "ff:ff:ff:ff:ff:ff",
        "01:00:5e:00:00:12",
        "00:00:5e:00:01:07"
      })
  void oneThatAProtocolFixesStays(String mac) {
    assertThat(map.of(mac)).isEqualTo(mac);
  }

  @Test
  void aLocalOneStaysLocalAndTheFormStays() {
    assertThat(Integer.parseInt(map.of("02:a1:b2:c3:d4:e5").substring(0, 2), 16) & 3).isEqualTo(2);
    assertThat(map.of("0:15:5d:a:b:10")).matches("0:15:5d(:[0-9a-f]{1,2}){3}");
  }
}

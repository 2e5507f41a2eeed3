package org.hnvf.capture;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A random bit for each prefix of a bit string. The prefixes within one byte are the 255 inner
 * nodes of a binary tree of depth 8, so one HMAC-SHA256 of the bytes before it has the bits of all.
 */
final class NodeBits {

  private static final String ALGORITHM = "HmacSHA256";

  private final Mac mac;

  /**
   * Creates the bits of a key.
   *
   * @param kind separates the bits of different kinds of addresses
   */
  NodeBits(byte[] key, String kind) {
    try {
      Mac derive = Mac.getInstance(ALGORITHM);
      derive.init(new SecretKeySpec(key, ALGORITHM));
      this.mac = Mac.getInstance(ALGORITHM);
      this.mac.init(
          new SecretKeySpec(derive.doFinal(kind.getBytes(StandardCharsets.UTF_8)), ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + ALGORITHM, e);
    }
  }

  /** Returns the bits of the nodes of one byte; bit {@code N} belongs to node {@code N}. */
  byte[] of(byte[] address, int at) {
    mac.update((byte) at);
    mac.update(address, 0, at);
    return mac.doFinal();
  }
}

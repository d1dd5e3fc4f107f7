package io.millrace.wire.mqtt;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/// The few DER structures that turn OpenSSL's older private keys into PKCS#8 (RFC 5208).
final class Der {
  private static final int INTEGER = 0x02;
  private static final int OCTETS = 0x04;
  private static final int SEQUENCE = 0x30;
  private static final int PARAMETERS = 0xa0;
  private static final byte[] VERSION_0 = {INTEGER, 1, 0};
  private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
  private static final byte[] EC_KEY = HexFormat.of().parseHex("06072a8648ce3d0201");

  private Der() {}

  /// RFC 8017 appendix A.1.2 inside PKCS#8.
  static byte[] pkcs8OfRsa(byte[] pkcs1) {
    return tagged(SEQUENCE, VERSION_0, RSA, tagged(OCTETS, pkcs1));
  }

  /// RFC 5915 inside PKCS#8: the curve moves to the front.
  static byte[] pkcs8OfEc(byte[] sec1) {
    var curve = curve(sec1);
    return tagged(SEQUENCE, VERSION_0, tagged(SEQUENCE, EC_KEY, curve), tagged(OCTETS, sec1));
  }

  private static byte[] curve(byte[] sec1) {
    int at = content(sec1, 0);
    while (at < sec1.length) {
      int start = content(sec1, at);
      int end = start + length(sec1, at);
      if ((sec1[at] & 0xff) == PARAMETERS && end <= sec1.length) {
        return java.util.Arrays.copyOfRange(sec1, start, end);
      }
      at = end;
    }
    throw new TlsFileException(
        "An EC private key does not name its curve. Convert it: openssl pkcs8 -topk8 -nocrypt -in"
            + " key.pem -out new.pem");
  }

  private static int length(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int i = 0; i < (first & 0x7f); i++) {
      length = (length << 8) | (der[at + 2 + i] & 0xff);
    }
    return length;
  }

  private static int content(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
  }

  private static byte[] tagged(int tag, byte[]... parts) {
    var body = new ByteArrayOutputStream();
    for (var part : parts) {
      body.writeBytes(part);
    }
    var out = new ByteArrayOutputStream();
    out.write(tag);
    int size = body.size();
    if (size >= 0x80) {
      int bytes = size > 0xffff ? 3 : size > 0xff ? 2 : 1;
      out.write(0x80 | bytes);
      for (int i = bytes - 1; i > 0; i--) {
        out.write(size >> (8 * i));
      }
    }
    out.write(size);
    out.writeBytes(body.toByteArray());
    return out.toByteArray();
  }
}

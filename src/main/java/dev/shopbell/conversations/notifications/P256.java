package dev.shopbell.conversations.notifications;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;

/** Keys on the curve P-256, whose public halves browsers write as 65 bytes: 4, x, y. */
final class P256 {
  private static final String CURVE = "secp256r1";
  private static final int COORDINATE = 32;
  private static final ECParameterSpec PARAMETERS = parameters();

  private P256() {}

  private static ECParameterSpec parameters() {
    try {
      AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
      curve.init(new ECGenParameterSpec(CURVE));
      return curve.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static KeyPair newPair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(CURVE));
    return generator.generateKeyPair();
  }

  static byte[] point(ECPublicKey key) {
    byte[] point = new byte[1 + 2 * COORDINATE];
    point[0] = 4;
    put(key.getW().getAffineX(), point, 1);
    put(key.getW().getAffineY(), point, 1 + COORDINATE);
    return point;
  }

  private static void put(BigInteger number, byte[] into, int at) {
    byte[] bytes = number.toByteArray();
    int length = Math.min(bytes.length, COORDINATE);
    System.arraycopy(bytes, bytes.length - length, into, at + COORDINATE - length, length);
  }

  /**
   * @throws InvalidKeyException if the point does not lie on the curve: with such a one a stranger
   *     could learn our key
   */
  static ECPublicKey key(byte[] point) throws GeneralSecurityException {
    if (point.length != 1 + 2 * COORDINATE || point[0] != 4) {
      throw new InvalidKeyException("A public key has 65 bytes, of which the first is 4.");
    }
    BigInteger x = new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + COORDINATE));
    BigInteger y = new BigInteger(1, Arrays.copyOfRange(point, 1 + COORDINATE, point.length));
    BigInteger p = ((ECFieldFp) PARAMETERS.getCurve().getField()).getP();
    BigInteger right =
        x.pow(3)
            .add(PARAMETERS.getCurve().getA().multiply(x))
            .add(PARAMETERS.getCurve().getB())
            .mod(p);
    if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0 || !y.pow(2).mod(p).equals(right)) {
      throw new InvalidKeyException("The public key is not on the curve P-256.");
    }
    return (ECPublicKey)
        KeyFactory.getInstance("EC")
            .generatePublic(new ECPublicKeySpec(new ECPoint(x, y), PARAMETERS));
  }
}

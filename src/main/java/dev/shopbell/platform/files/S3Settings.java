package dev.shopbell.platform.files;

import java.net.URI;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * A bucket for the files, in any store that speaks S3, {@code SHOPBELL_S3_BUCKET} and so on. What
 * the operator names may be on an internal network.
 *
 * @param bucket empty where the files lie in the data folder
 * @param endpoint {@code https://s3.eu-central-1.amazonaws.com}
 * @param region as the store names it; most others than Amazon take any
 * @param prefix before every name, for several installations in one bucket; empty for none
 * @param pathStyle whether the bucket stands in the path of the address, not in its host name
 */
@ConfigurationProperties("shopbell.s3")
public record S3Settings(
    String bucket,
    String endpoint,
    String region,
    String prefix,
    String accessKey,
    String secretKey,
    boolean pathStyle) {
  public S3Settings {
    if (!bucket.isBlank()) {
      String scheme = String.valueOf(URI.create(endpoint.strip()).getScheme());
      if (!scheme.toLowerCase(Locale.ROOT).matches("https?")) {
        throw new IllegalArgumentException(
            "SHOPBELL_S3_ENDPOINT must be the address of the store of SHOPBELL_S3_BUCKET, such as"
                + " https://s3.eu-central-1.amazonaws.com.");
      }
      if (accessKey.isBlank() || secretKey.isBlank()) {
        throw new IllegalArgumentException(
            "SHOPBELL_S3_BUCKET needs SHOPBELL_S3_ACCESS_KEY and SHOPBELL_S3_SECRET_KEY.");
      }
    }
    prefix = prefix.replaceAll("^/+|/+$", "");
  }

  boolean isSet() {
    return !bucket.isBlank();
  }

  /** Without the keys. */
  @Override
  public String toString() {
    return "s3://" + bucket + (prefix.isEmpty() ? "" : "/" + prefix) + " at " + endpoint;
  }
}

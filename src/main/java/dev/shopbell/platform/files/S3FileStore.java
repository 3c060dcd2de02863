package dev.shopbell.platform.files;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Files in a bucket, under the names that they have on the disk. A file is named by what it holds,
 * so each goes by way of the disk, where its name is found; what is read is not kept.
 */
final class S3FileStore implements FileStore, AutoCloseable {
  private static final Duration TO_CONNECT = Duration.ofSeconds(5);
  private static final Duration SILENCE = Duration.ofSeconds(20);

  /** Of one attempt, of which the client makes three: 25 MB at 4 Mbit a second. */
  private static final Duration ATTEMPT = Duration.ofSeconds(50);

  private static final String MARK = "shopbell";

  private final S3Client client;
  private final S3Settings settings;
  private final String prefix;
  private final Incoming incoming;

  S3FileStore(S3Settings settings, Path folder) {
    this.settings = settings;
    this.prefix = settings.prefix().isEmpty() ? "" : settings.prefix() + "/";
    this.incoming = new Incoming(folder.resolve("incoming"));
    this.client =
        S3Client.builder()
            .endpointOverride(URI.create(settings.endpoint().strip()))
            .region(Region.of(settings.region()))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(settings.accessKey(), settings.secretKey())))
            .forcePathStyle(settings.pathStyle())
            // newer than many stores
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(one -> one.apiCallAttemptTimeout(ATTEMPT))
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(TO_CONNECT)
                    .socketTimeout(SILENCE))
            .build();
  }

  /**
   * One that has been written to.
   *
   * @param folder on the disk, for what is on its way
   * @throws FilesStartException if that is not possible
   */
  static S3FileStore reached(S3Settings settings, Path folder) {
    S3FileStore store = new S3FileStore(settings, folder);
    try {
      store.client.putObject(
          one -> one.bucket(settings.bucket()).key(store.prefix + MARK), RequestBody.empty());
      return store;
    } catch (SdkException e) {
      store.close();
      throw new FilesStartException(
          "The files in "
              + settings
              + " cannot be reached ("
              + reason(e)
              + "). Check that the store runs and has that bucket, and that"
              + " SHOPBELL_S3_ACCESS_KEY may read, write, list and delete in it. Nothing was"
              + " changed.",
          e);
    }
  }

  @Override
  public StoredFile store(InputStream content) throws IOException {
    try (Incoming.Taken taken = incoming.take(content)) {
      // Also over one that is there: its time tells that somebody needs it now.
      client.putObject(
          one -> one.bucket(settings.bucket()).key(key(taken.hash())),
          RequestBody.fromFile(taken.path()));
      return new StoredFile(taken.hash(), taken.size());
    } catch (SdkException e) {
      throw failed(e);
    }
  }

  @Override
  public InputStream open(String hash) throws IOException {
    try {
      return client.getObject(one -> one.bucket(settings.bucket()).key(key(hash)));
    } catch (SdkException e) {
      throw isMissing(e) ? new NoSuchFileException(hash) : failed(e);
    }
  }

  @Override
  public boolean has(String hash) throws IOException {
    try {
      head(key(hash));
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public void each(Visitor visitor) throws IOException {
    try {
      for (S3Object object :
          client
              .listObjectsV2Paginator(one -> one.bucket(settings.bucket()).prefix(prefix))
              .contents()) {
        String name = object.key().substring(object.key().lastIndexOf('/') + 1);
        if (FileStore.isName(name) && object.key().equals(key(name))) {
          visitor.visit(new StoredFile(name, object.size()));
        }
      }
    } catch (SdkException e) {
      throw failed(e);
    }
  }

  @Override
  public boolean delete(String hash, Instant storedBefore) throws IOException {
    try {
      if (!head(key(hash)).lastModified().isBefore(storedBefore)) {
        return false;
      }
      client.deleteObject(one -> one.bucket(settings.bucket()).key(key(hash)));
      return true;
    } catch (NoSuchFileException e) {
      return true;
    } catch (SdkException e) {
      throw failed(e);
    }
  }

  @Override
  public void removeUnfinished(Instant before) throws IOException {
    incoming.removeLeft(before);
  }

  @Override
  public void check() throws IOException {
    head(prefix + MARK);
  }

  @Override
  public void close() {
    client.close();
  }

  @Override
  public String toString() {
    return settings.toString();
  }

  private HeadObjectResponse head(String key) throws IOException {
    try {
      return client.headObject(one -> one.bucket(settings.bucket()).key(key));
    } catch (SdkException e) {
      throw isMissing(e) ? new NoSuchFileException(key) : failed(e);
    }
  }

  private String key(String hash) {
    return prefix + FileStore.path(hash);
  }

  private static boolean isMissing(SdkException failure) {
    return failure instanceof S3Exception answered && answered.statusCode() == 404;
  }

  private IOException failed(SdkException failure) {
    return new IOException(
        settings + " does not do what is asked (" + reason(failure) + ")", failure);
  }

  private static String reason(SdkException failure) {
    return String.valueOf(failure.getMessage());
  }
}

package dev.shopbell.platform.files;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A store that speaks S3, as a process of its own, with a bucket; what is in it outlives a stop.
 */
final class S3Store implements AutoCloseable {
  static final String BUCKET = "files-of-the-shop";
  private static final String KEY = "a-key";
  private static final String SECRET = "a-secret-of-some-length";

  private final Path folder;
  private final int port;
  private Process process;

  S3Store(Path folder) throws IOException {
    this.folder = folder;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Files.createDirectories(folder.resolve("buckets"));
    start();
    try (S3Client client =
        S3Client.builder()
            .endpointOverride(URI.create(endpoint()))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, SECRET)))
            .forcePathStyle(true)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build()) {
      client.createBucket(one -> one.bucket(BUCKET));
    }
  }

  void start() throws IOException {
    Map<String, String> settings =
        Map.of(
            "s3proxy.endpoint",
            endpoint(),
            "s3proxy.authorization",
            "aws-v2-or-v4",
            "s3proxy.identity",
            KEY,
            "s3proxy.credential",
            SECRET,
            "jclouds.provider",
            "filesystem-nio2",
            "jclouds.identity",
            "unused",
            "jclouds.credential",
            "unused",
            "jclouds.filesystem.basedir",
            folder.resolve("buckets").toAbsolutePath().toString());
    Path file = folder.resolve("s3proxy.conf");
    Files.writeString(
        file,
        settings.entrySet().stream()
            .map(one -> one.getKey() + "=" + one.getValue() + "\n")
            .collect(Collectors.joining()));
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                Path.of("target", "s3-store", "s3proxy.jar").toString(),
                "--properties",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    Awaitility.await().until(this::answers);
  }

  private boolean answers() throws IOException {
    if (!process.isAlive()) {
      throw new IllegalStateException(Files.readString(folder.resolve("log")));
    }
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  void stop() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  S3Settings settings(String prefix) {
    return new S3Settings(BUCKET, endpoint(), "us-east-1", prefix, KEY, SECRET, true);
  }

  /** For a program that keeps its files here. */
  Map<String, String> properties() {
    return Map.of(
        "shopbell.s3.bucket",
        BUCKET,
        "shopbell.s3.endpoint",
        endpoint(),
        "shopbell.s3.access-key",
        KEY,
        "shopbell.s3.secret-key",
        SECRET);
  }

  @Override
  public void close() {
    stop();
  }
}

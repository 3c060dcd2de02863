package dev.shopbell.platform;

import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What an operator sets, each by an environment variable of the same name ({@code
 * SHOPBELL_HTTP_PORT} …). Empty text means "not set".
 *
 * @param data folder of the embedded database, files and keys
 * @param publicUrl as browsers reach the desk, without a trailing slash; empty until set
 * @param relayUrl {@code smtp://user:password@host:port} or {@code smtps://…}
 * @param trustedProxies addresses whose {@code X-Forwarded-*} headers are believed
 * @param dns {@code host} or {@code host:port} of the name server to ask; the system's where empty
 * @param mailTrustedPeers networks ({@code 10.0.0.0/8}) whose mail servers are relays of our own
 * @param mailTrustedAuthserv names under which they write {@code Authentication-Results}
 * @param allowInternalHosts names and addresses that may be called although they are internal
 */
@ConfigurationProperties("shopbell")
public record Settings(
    int httpPort,
    int smtpPort,
    String bind,
    Path data,
    String databaseUrl,
    String publicUrl,
    String relayUrl,
    String secretKey,
    boolean demo,
    String ownerEmail,
    String ownerPassword,
    String apiToken,
    String smtpTlsCertificate,
    String smtpTlsKey,
    List<String> trustedProxies,
    String dns,
    List<String> mailTrustedPeers,
    List<String> mailTrustedAuthserv,
    List<String> allowInternalHosts) {

  /** The address that links in mails and on the console bear. */
  public String linkBase() {
    if (!publicUrl.isEmpty()) {
      return publicUrl.endsWith("/") ? publicUrl.substring(0, publicUrl.length() - 1) : publicUrl;
    }
    String host = bind.equals("0.0.0.0") || bind.equals("::") ? "localhost" : bind;
    return "http://" + (host.equals("127.0.0.1") ? "localhost" : host) + ":" + httpPort;
  }
}

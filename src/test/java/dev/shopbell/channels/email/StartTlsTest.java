package dev.shopbell.channels.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Inbox;
import dev.shopbell.RunningShopbell;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.FileInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mail comes in encrypted when a certificate is set. */
class StartTlsTest {
  private static final char[] SECRET = "changeit".toCharArray();

  @TempDir Path folder;

  @Test
  void takesMailOverStartTlsWithTheCertificateThatIsSet() throws Exception {
    KeyStore store = selfSigned();
    Path certificate = folder.resolve("certificate.pem");
    Path key = folder.resolve("key.pem");
    Key secret = store.getKey("smtp", SECRET);
    Files.writeString(certificate, pem("CERTIFICATE", store.getCertificate("smtp").getEncoded()));
    Files.writeString(key, pem("PRIVATE KEY", secret.getEncoded()));
    Map<String, String> settings =
        Map.of(
            "shopbell.smtp-tls-certificate",
            certificate.toString(),
            "shopbell.smtp-tls-key",
            key.toString());
    try (RunningShopbell own = RunningShopbell.start(settings)) {
      String anna = Inbox.address("anna");
      boolean encrypted = send(own.smtpPort(), store, anna);
      assertThat(encrypted).isTrue();
      Inbox inbox = new Inbox(own);
      inbox.settle();
      assertThat(inbox.messages(inbox.only(anna))).hasSize(1);
    }
  }

  /** Sends with the certificate as the only one trusted; tells whether it went encrypted. */
  private static boolean send(int port, KeyStore trusted, String from) throws Exception {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore only = KeyStore.getInstance("PKCS12");
    only.load(null, null);
    only.setCertificateEntry("smtp", trusted.getCertificate("smtp"));
    trust.init(only);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    Properties properties = new Properties();
    properties.put("mail.smtp.host", "localhost");
    properties.put("mail.smtp.port", Integer.toString(port));
    properties.put("mail.smtp.starttls.enable", "true");
    properties.put("mail.smtp.starttls.required", "true");
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.ssl.socketFactory", tls.getSocketFactory());
    Session session = Session.getInstance(properties);
    MimeMessage mail = new MimeMessage(session);
    mail.setFrom(new InternetAddress(from));
    mail.setRecipient(Message.RecipientType.TO, new InternetAddress(Inbox.SHOP));
    mail.setSubject("Encrypted");
    mail.setText("Nobody else reads this.");
    try (Transport transport = session.getTransport("smtp")) {
      transport.connect();
      transport.sendMessage(mail, mail.getAllRecipients());
      return ((SMTPTransport) transport).isSSL();
    }
  }

  private KeyStore selfSigned() throws Exception {
    Path file = folder.resolve("smtp.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "smtp",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(SECRET))
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes());
    assertThat(keytool.waitFor()).as(said).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = new FileInputStream(file.toFile())) {
      store.load(in, SECRET);
    }
    return store;
  }

  private static String pem(String type, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(type, Base64.getMimeEncoder().encodeToString(content), type);
  }
}

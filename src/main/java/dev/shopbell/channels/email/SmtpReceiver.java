package dev.shopbell.channels.email;

import dev.shopbell.conversations.Authentication;
import dev.shopbell.platform.Settings;
import dev.shopbell.platform.files.FileStore;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.TooMuchDataException;
import org.subethamail.smtp.server.SMTPServer;

/**
 * Takes mail by SMTP. A mail is acknowledged only when it is durable; where it cannot be stored the
 * sender is told to come again. It relays nothing: mail for addresses that are not ours is refused.
 */
@Component
class SmtpReceiver implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(SmtpReceiver.class);
  static final int MOST_BYTES = 60 * 1024 * 1024;
  static final int MOST_RECIPIENTS = 100;
  private static final int IDLE_MILLIS = 60_000;

  /** Up to here a mail lies in its row; a larger one is streamed into a file. */
  static final int SMALL = 256 * 1024;

  private final Settings settings;
  private final Mailboxes mailboxes;
  private final MailStoreQueue store;
  private final FileStore files;
  private final SenderCheck senders;
  private final Clock clock;
  private final SmtpVisitors visitors;
  private final Counter accepted;
  private final Counter refused;
  private @Nullable SMTPServer server;

  SmtpReceiver(
      Settings settings,
      Mailboxes mailboxes,
      MailStoreQueue store,
      FileStore files,
      SenderCheck senders,
      Clock clock,
      MeterRegistry meters) {
    this.settings = settings;
    this.mailboxes = mailboxes;
    this.store = store;
    this.files = files;
    this.senders = senders;
    this.clock = clock;
    this.visitors = new SmtpVisitors(Network.all(settings.mailTrustedPeers()));
    Gauge.builder("shopbell.smtp.connections", visitors::size)
        .description("mail servers connected to this node")
        .register(meters);
    this.accepted = meters.counter("shopbell.smtp.mails", "result", "accepted");
    this.refused = meters.counter("shopbell.smtp.mails", "result", "refused");
  }

  @Override
  public void start() {
    try {
      SMTPServer.Builder builder =
          SMTPServer.port(settings.smtpPort())
              .bindAddress(InetAddress.getByName(settings.bind()))
              .softwareName("Shopbell")
              .messageHandlerFactory(Dialogue::new)
              .executorService(Executors.newVirtualThreadPerTaskExecutor())
              .maxConnections(SmtpVisitors.MOST)
              .sessionHandler(visitors)
              .maxRecipients(MOST_RECIPIENTS)
              .maxMessageSize(MOST_BYTES)
              .insertReceivedHeaders(false)
              .connectionTimeoutMs(IDLE_MILLIS)
              .fromAddressValidator(address -> true);
      if (!settings.smtpTlsCertificate().isEmpty()) {
        PemSslStoreDetails pem =
            PemSslStoreDetails.forCertificate("file:" + settings.smtpTlsCertificate())
                .withPrivateKey("file:" + settings.smtpTlsKey());
        builder
            .enableTLS()
            .startTlsSocketFactory(
                SslBundle.of(new PemSslStoreBundle(pem, null)).createSslContext());
      }
      SMTPServer made = builder.build();
      made.start();
      server = made;
      log.info("Taking mail by SMTP on {}:{}", settings.bind(), settings.smtpPort());
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException(
          "Mail cannot be taken on %s:%d (%s). Set SHOPBELL_SMTP_PORT or SHOPBELL_BIND."
              .formatted(settings.bind(), settings.smtpPort(), e.getMessage()),
          e);
    }
  }

  @Override
  public void stop() {
    if (server != null) {
      server.stop();
      server = null;
    }
  }

  @Override
  public boolean isRunning() {
    return server != null;
  }

  /** A byte now and then would keep a connection for ever. */
  @Scheduled(fixedDelay = 60_000)
  void endLongVisits() {
    visitors.endOlderThan(SmtpVisitors.LONGEST);
  }

  SmtpVisitors visitors() {
    return visitors;
  }

  /** The port, also where the operating system chose it. */
  int port() {
    return server == null ? settings.smtpPort() : server.getPortAllocated();
  }

  /** After whatever mail needs to be stored, and gone before it. */
  @Override
  public int getPhase() {
    return 1_000;
  }

  /** One mail of one sender. */
  private final class Dialogue implements MessageHandler {
    private final MessageContext context;
    private final Map<Long, List<String>> recipientsByBrand = new LinkedHashMap<>();
    private String from = "";

    Dialogue(MessageContext context) {
      this.context = context;
    }

    @Override
    public void from(String address) {
      from = address == null ? "" : address;
    }

    @Override
    public void recipient(String address) throws RejectException {
      Optional<Mailboxes.Destination> destination;
      try {
        destination = mailboxes.destination(address);
      } catch (RuntimeException e) {
        throw later(e);
      }
      if (destination.isEmpty()) {
        refused.increment();
        throw new RejectException(550, "5.1.1 No mailbox of that address here");
      }
      recipientsByBrand
          .computeIfAbsent(destination.get().brandId(), any -> new ArrayList<>())
          .add(address);
    }

    @Override
    public @Nullable String data(InputStream data) throws RejectException, IOException {
      Instant now = clock.instant();
      try {
        InputStream mail = new Limited(data);
        byte[] head = mail.readNBytes(SMALL + 1);
        byte[] raw = head.length <= SMALL ? head : null;
        FileStore.StoredFile file =
            raw != null
                ? null
                : files.store(new SequenceInputStream(new ByteArrayInputStream(head), mail));
        MailSource source =
            raw != null
                ? MailSource.of(raw)
                : () -> files.open(Objects.requireNonNull(file).hash());
        InetAddress peer = peer();
        String helo = context.getHelo().orElse(null);
        Authentication authentication = senders.arrived(peer, helo, from, source);
        List<StoredMail> mails = new ArrayList<>();
        for (Map.Entry<Long, List<String>> one : recipientsByBrand.entrySet()) {
          mails.add(
              new StoredMail(
                  0,
                  one.getKey(),
                  now,
                  from,
                  List.copyOf(one.getValue()),
                  peer == null ? null : peer.getHostAddress(),
                  file == null ? head.length : file.size(),
                  raw,
                  file == null ? null : file.hash(),
                  0,
                  helo,
                  authentication,
                  null));
        }
        store.store(mails);
        accepted.increment();
        return null;
      } catch (TooMuchDataException e) {
        refused.increment();
        skip(data);
        throw new RejectException(
            552, "5.3.4 A mail may have " + MOST_BYTES / 1024 / 1024 + " MB here");
      } catch (IOException | ExecutionException | RuntimeException e) {
        skip(data);
        throw later(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw later(e);
      }
    }

    @Override
    public void done() {
      recipientsByBrand.clear();
    }

    /** What is left of a refused mail would be read as commands. Fails if the sender is gone. */
    private static void skip(InputStream data) throws IOException {
      data.transferTo(OutputStream.nullOutputStream());
    }

    private RejectException later(Exception e) {
      refused.increment();
      log.warn("A mail could not be stored, its sender is told to come again: {}", e.toString());
      return new RejectException(451, "4.3.0 It cannot be stored at the moment, please try again");
    }

    private @Nullable InetAddress peer() {
      return context.getRemoteAddress() instanceof InetSocketAddress address
          ? address.getAddress()
          : null;
    }
  }

  /** The library announces the largest size to the sender, but does not hold them to it. */
  private static final class Limited extends FilterInputStream {
    private long left = MOST_BYTES;

    Limited(InputStream mail) {
      super(mail);
    }

    @Override
    public int read() throws IOException {
      int one = in.read();
      return one < 0 ? one : counted(one, 1);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = in.read(buffer, offset, length);
      return count < 0 ? count : counted(count, count);
    }

    private int counted(int result, int bytes) throws TooMuchDataException {
      left -= bytes;
      if (left < 0) {
        throw new TooMuchDataException();
      }
      return result;
    }
  }
}

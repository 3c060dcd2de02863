package dev.shopbell.channels.email;

import static dev.shopbell.Inbox.SHOP;
import static dev.shopbell.Inbox.address;
import static dev.shopbell.Inbox.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Mail;
import dev.shopbell.RunningShopbell;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Many who connect and say nothing, or never come to an end. */
@ResourceLock(ShopbellWithDns.ALONE)
class SmtpFloodTest {
  private final RunningShopbell shopbell = ShopbellWithDns.SHOPBELL;
  private final List<Visitor> visitors = new ArrayList<>();

  /** Connects, and waits for the greeting. */
  private record Visitor(Socket socket, BufferedReader in, String greeting) {
    boolean refused() {
      return greeting.startsWith("421 ");
    }

    void says(String line) throws IOException {
      socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    void leaves() {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private Visitor from(String peer) {
    try {
      Socket socket = new Socket("127.0.0.1", shopbell.smtpPort(), InetAddress.getByName(peer), 0);
      socket.setSoTimeout(20_000);
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      Visitor visitor = new Visitor(socket, in, in.readLine());
      visitors.add(visitor);
      return visitor;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void leave() {
    visitors.forEach(Visitor::leaves);
    SmtpVisitors open = shopbell.bean(SmtpReceiver.class).visitors();
    soon("all gone").until(() -> open.size() == 0);
  }

  private int mailFrom(String peer) {
    Mail mail = Mail.plain(address("anna"), SHOP, "Teapot", "Where is it?");
    return mail.sendFrom(peer, shopbell.smtpPort()).code();
  }

  @Test
  void oneNetworkKeepsNobodyElseOut() {
    for (int i = 0; i < SmtpVisitors.MOST_OF_A_NETWORK; i++) {
      assertThat(from("127.0.9." + (i + 1)).greeting()).startsWith("220 ");
    }
    assertThat(from("127.0.9.200").refused()).isTrue();
    assertThat(mailFrom("127.0.10.1")).isEqualTo(250);
    assertThat(mailFrom("127.0.0.1")).as("our relay").isEqualTo(250);
    visitors.getFirst().leaves();
    soon("room for another").until(() -> !from("127.0.9.201").refused());
  }

  @Test
  void manyNetworksLeaveRoomForOurRelay() {
    for (int i = 0; i < SmtpVisitors.MOST_STRANGERS; i++) {
      int network = 20 + i / SmtpVisitors.MOST_OF_A_NETWORK;
      assertThat(from("127.0." + network + ".2").greeting()).startsWith("220 ");
    }
    assertThat(from("127.0.100.2").refused()).isTrue();
    for (int i = 0; i < SmtpVisitors.MOST_OF_A_NETWORK + 5; i++) {
      assertThat(from("127.0.0.1").greeting()).startsWith("220 ");
    }
    assertThat(mailFrom("127.0.0.1")).isEqualTo(250);
  }

  @Test
  void mailThatNeverEndsIsHungUpOn() throws IOException {
    Visitor endless = from("127.0.0.2");
    for (String line :
        List.of("HELO x", "MAIL FROM:<a@b.example>", "RCPT TO:<" + SHOP + ">", "DATA")) {
      endless.says(line);
      endless.in().readLine();
    }
    endless.says("From: a@b.example");
    Visitor relay = from("127.0.0.1");
    SmtpVisitors open = shopbell.bean(SmtpReceiver.class).visitors();
    open.endOlderThan(SmtpVisitors.LONGEST);
    relay.says("NOOP");
    assertThat(relay.in().readLine()).as("nobody is old yet").startsWith("250");
    open.endOlderThan(Duration.ZERO);
    soon("only our relay is left").until(() -> open.size() == 1);
    relay.says("NOOP");
    assertThat(relay.in().readLine()).startsWith("250");
  }
}

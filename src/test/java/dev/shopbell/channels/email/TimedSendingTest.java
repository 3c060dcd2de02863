package dev.shopbell.channels.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.conversations.Channel;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** An attempt to send has an end. */
class TimedSendingTest {
  @Test
  void aServerThatDripsForEverIsLeft() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.startVirtualThread(() -> drip(server));
      CompletableFuture<Exception> ended = new CompletableFuture<>();
      Channel.Delivery delivery =
          TimedSending.within(
              Duration.ofMillis(300),
              "smtp://slow.example:25",
              () -> {
                try (Socket socket = new Socket("127.0.0.1", server.getLocalPort())) {
                  socket.setSoTimeout(30_000);
                  socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                  ended.complete(e);
                }
                return new Channel.Delivery.Sent("never");
              });
      assertThat(delivery)
          .isInstanceOfSatisfying(
              Channel.Delivery.Deferred.class,
              later -> assertThat(later.detail()).contains("smtp://slow.example:25"));
      assertThat(ended.get()).as("its socket is closed").isNotNull();
    }
  }

  private static void drip(ServerSocket server) {
    try (Socket socket = server.accept()) {
      while (true) {
        socket.getOutputStream().write('x');
        Thread.sleep(20);
      }
    } catch (IOException | InterruptedException e) {
      // The other side has gone.
    }
  }
}

package dev.shopbell.channels.email;

import dev.shopbell.platform.status.Check;
import dev.shopbell.platform.status.Finding;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Whether there is a server to send mail by. */
@Component
class MailOutCheck implements Check {
  private final Relay relay;

  MailOutCheck(Relay relay) {
    this.relay = relay;
  }

  @Override
  public String checkName() {
    return "mail-out";
  }

  @Override
  public Finding look() {
    return relay
        .server()
        .map(
            server -> Finding.well("Mail leaves through {relay}.", Map.of("relay", server.shown())))
        .orElseGet(() ->
            Finding.soon(
                "There is no relay: only answers from mailboxes with a server of their own can leave.",
                "Set SHOPBELL_RELAY_URL where Shopbell is started, then restart it. Answers are kept until then.",
                Map.of()));
  }
}

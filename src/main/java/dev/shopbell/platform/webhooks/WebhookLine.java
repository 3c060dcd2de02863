package dev.shopbell.platform.webhooks;

import dev.shopbell.platform.facts.FactPosition;
import dev.shopbell.platform.facts.Facts;
import dev.shopbell.platform.facts.StoredFact;
import dev.shopbell.platform.web.Permission;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Tells one receiver what it has to be told, in the order of the log, until there is nothing more
 * or it takes nothing more.
 *
 * <p>An event that is not taken holds up those behind it. Where it fails a second time the next one
 * is tried: if that is taken, the fault is the event's, which is put aside to be tried by itself;
 * if not, the receiver's, which is left alone for a while.
 */
@Component
class WebhookLine {
  /** After so many days of taking nothing a receiver is given up. */
  static final int GIVES_UP_DAYS = 5;

  private static final int BATCH = 500;
  private static final int MOST_ASIDE = 50;

  private final WebhookLedger ledger;
  private final WebhookPayload payload;
  private final WebhookSender sender;
  private final WebhookRights rights;
  private final Facts facts;
  private final Clock clock;
  private volatile boolean stopped;

  WebhookLine(
      WebhookLedger ledger,
      WebhookPayload payload,
      WebhookSender sender,
      WebhookRights rights,
      Facts facts,
      Clock clock) {
    this.ledger = ledger;
    this.payload = payload;
    this.sender = sender;
    this.rights = rights;
    this.facts = facts;
    this.clock = clock;
  }

  /** Does nothing where another node is at it, or it is not its time. */
  void run(long webhookId) {
    Optional<Receiver> claimed = ledger.claim(webhookId);
    if (claimed.isPresent()) {
      try {
        tell(claimed.get());
      } finally {
        ledger.release(webhookId);
      }
    }
  }

  /** What is being sent is still written down; what follows is left to another node. */
  void stop() {
    stopped = true;
  }

  private void tell(Receiver receiver) {
    Optional<WebhookRights.Rights> eyes = eyes(receiver);
    if (eyes.isEmpty()) {
      ledger.disable(receiver, Webhook.Reason.no_access, null);
    } else if (inOrder(receiver, eyes.get())) {
      aside(receiver, eyes.get());
    }
  }

  /** What the agent may do now, but no more than they could when they set it up. */
  private Optional<WebhookRights.Rights> eyes(Receiver receiver) {
    return rights
        .of(receiver.agentId())
        .map(now ->
            new WebhookRights.Rights(
                now.permissions().stream()
                    .filter(permission -> receiver.scopes().contains(permission.key()))
                    .collect(Collectors.toUnmodifiableSet()),
                now.sight()))
        .filter(held -> held.permissions().contains(Permission.WEBHOOKS_MANAGE));
  }

  /** Returns whether it has been told all there is. */
  private boolean inOrder(Receiver begin, WebhookRights.Rights eyes) {
    Receiver receiver = begin;
    Refused refused = null;
    FactPosition at = receiver.position();
    while (true) {
      List<StoredFact> batch = facts.after(at, BATCH);
      for (StoredFact fact : batch) {
        if (stopped) {
          return false;
        }
        at = fact.position();
        Optional<byte[]> body = payload.of(receiver, eyes, fact);
        if (body.isEmpty()) {
          if (receiver.failures() > 0) {
            ledger.withdrawn(receiver, at);
          }
          continue;
        }
        WebhookSender.Answer answer = post(receiver, fact, body.get());
        if (answer.taken()) {
          StoredFact aside = refused == null ? null : refused.fact();
          if (!ledger.taken(receiver, fact, answer, aside)) {
            return false;
          }
          receiver = receiver.fine().at(at);
          refused = null;
        } else {
          ledger.noted(receiver, fact, answer);
          if (refused != null || receiver.failures() == 0 || answer.gone() || answer.wantsRest()) {
            failed(receiver, answer);
            return false;
          }
          refused = new Refused(fact, answer);
        }
      }
      if (batch.size() < BATCH) {
        if (refused != null) {
          failed(receiver, refused.answer());
          return false;
        }
        return at.equals(receiver.position()) || ledger.pass(receiver, at);
      }
      if (refused == null && !ledger.pass(receiver, at)) {
        return false;
      }
    }
  }

  /** What was not taken last, where the next one shows whose fault it is. */
  private record Refused(StoredFact fact, WebhookSender.Answer answer) {}

  private void failed(Receiver receiver, WebhookSender.Answer answer) {
    if (answer.gone()) {
      ledger.disable(receiver, Webhook.Reason.gone, answer.words());
    } else if (receiver.failingSince() != null
        && receiver.failingSince().plus(Duration.ofDays(GIVES_UP_DAYS)).isBefore(clock.instant())) {
      ledger.disable(receiver, Webhook.Reason.failing, answer.words());
    } else {
      ledger.rests(
          receiver, answer, Retries.ofReceiver(receiver.failures() + 1, answer.asksToWait()));
    }
  }

  private void aside(Receiver receiver, WebhookRights.Rights eyes) {
    for (WebhookLedger.Aside one : ledger.aside(receiver, MOST_ASIDE)) {
      Optional<StoredFact> fact = facts.find(one.position());
      Optional<byte[]> body = fact.flatMap(found -> payload.of(receiver, eyes, found));
      if (fact.isEmpty() || body.isEmpty()) {
        ledger.withdrawn(receiver, one.position());
        continue;
      }
      WebhookSender.Answer answer = post(receiver, fact.get(), body.get());
      Duration next =
          answer.taken() ? null : Retries.ofOne(one.attempts() + 1, answer.asksToWait());
      if (!ledger.triedAside(receiver, fact.get(), answer, next)) {
        return;
      }
    }
  }

  private WebhookSender.Answer post(Receiver receiver, StoredFact fact, byte[] body) {
    return sender.post(receiver.id(), receiver.url(), WebhookPayload.id(fact), body);
  }
}

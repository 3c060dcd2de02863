package dev.shopbell.conversations;

import dev.shopbell.brands.Brand;
import dev.shopbell.brands.Brands;
import dev.shopbell.platform.web.Problem;
import dev.shopbell.platform.web.Sight;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A conversation as one agent opens it: with what it is linked to, where to answer, and their own
 * draft.
 */
@Component
class OpenConversation {
  private final ConversationStore store;
  private final ReplyRecipients recipients;
  private final Channels channels;
  private final Drafts drafts;
  private final Brands brands;
  private final ReadingStore readings;

  OpenConversation(
      ConversationStore store,
      ReplyRecipients recipients,
      Channels channels,
      Drafts drafts,
      Brands brands,
      ReadingStore readings) {
    this.store = store;
    this.recipients = recipients;
    this.channels = channels;
    this.drafts = drafts;
    this.brands = brands;
    this.readings = readings;
  }

  ConversationDetail read(long id, Sight sight) {
    long agentId = sight.agentId();
    ConversationRow row = row(id, agentId);
    Brand brand = brands.get(row.brandId());
    List<ConversationDetail.Reachable> reachable = channels.reaching(row.customer().id());
    Correspondent customer =
        reachable.isEmpty()
            ? null
            : new Correspondent(row.customer().name(), reachable.getFirst().address());
    ConversationDetail.Answering answering = recipients.usual(id, brand.id(), customer);
    return new ConversationDetail(
        row,
        store.linked(id, sight),
        reachable,
        answering.to().isEmpty() ? null : answering.to().getFirst(),
        answering,
        drafts.find(id, agentId).orElse(null),
        new ConversationDetail.BrandRef(brand.id(), brand.name(), brand.color()),
        readings.readers(id, agentId));
  }

  void keepDraft(long id, long agentId, @Nullable String html) {
    row(id, agentId);
    if (html == null || html.length() > OwnWords.LONGEST) {
      throw Problem.invalid("html", "A draft has at most " + OwnWords.LONGEST + " characters.");
    }
    drafts.keep(id, agentId, html.replace("\u0000", ""));
  }

  void discardDraft(long id, long agentId) {
    drafts.discard(id, agentId);
  }

  private ConversationRow row(long id, long agentId) {
    return store
        .find(id, agentId)
        .orElseThrow(() -> Problem.notFound("There is no conversation " + id + "."));
  }
}

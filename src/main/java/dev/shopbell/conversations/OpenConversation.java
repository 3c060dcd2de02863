package dev.shopbell.conversations;

import dev.shopbell.brands.Brand;
import dev.shopbell.brands.Brands;
import dev.shopbell.platform.web.Problem;
import dev.shopbell.platform.web.Sight;
import java.util.List;
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
  private final DraftStore drafts;
  private final Brands brands;
  private final ReadingStore readings;
  private final ConversationLanguages languages;

  OpenConversation(
      ConversationStore store,
      ReplyRecipients recipients,
      Channels channels,
      DraftStore drafts,
      Brands brands,
      ReadingStore readings,
      ConversationLanguages languages) {
    this.store = store;
    this.recipients = recipients;
    this.channels = channels;
    this.drafts = drafts;
    this.brands = brands;
    this.readings = readings;
    this.languages = languages;
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
        drafts.ofConversation(id, agentId),
        new ConversationDetail.BrandRef(brand.id(), brand.name(), brand.color(), brand.logoUrl()),
        languages.find(id),
        store.fields(id),
        readings.readers(id, agentId));
  }

  private ConversationRow row(long id, long agentId) {
    return store
        .find(id, agentId)
        .orElseThrow(() -> Problem.notFound("There is no conversation " + id + "."));
  }
}

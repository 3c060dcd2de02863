package dev.shopbell.conversations;

import dev.shopbell.customers.Customer;
import dev.shopbell.customers.Customers;
import dev.shopbell.platform.web.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whom an answer goes to: usually, and where an agent said otherwise. */
@Component
class ReplyRecipients {
  private final ThreadStore threads;
  private final Channels channels;
  private final Customers customers;

  ReplyRecipients(ThreadStore threads, Channels channels, Customers customers) {
    this.threads = threads;
    this.channels = channels;
    this.customers = customers;
  }

  /** What is known once somebody is to be written to. */
  record Resolved(
      Channel channel,
      @Nullable String sender,
      List<Recipient> recipients,
      ThreadStore.@Nullable Answered answered) {}

  /** The channel on which the customer last wrote. */
  String channelOf(long conversationId) {
    return threads.answered(conversationId).map(ThreadStore.Answered::channel).orElse("email");
  }

  /** Where an answer goes, and who else was written to. */
  ConversationDetail.Answering usual(
      long conversationId, long brandId, @Nullable Correspondent reachable) {
    Optional<ThreadStore.Answered> found = threads.answered(conversationId);
    if (found.isEmpty()) {
      return new ConversationDetail.Answering(
          reachable == null ? List.of() : List.of(reachable), List.of(), false, null);
    }
    ThreadStore.Answered answered = found.get();
    Predicate<String> own = own(channels.get(answered.channel()), brandId, conversationId);
    Correspondent from = new Correspondent(answered.name(), answered.address());
    List<Correspondent> asked = others(answered, Set.of("reply-to"), own, new HashSet<>());
    List<Correspondent> to = asked.isEmpty() ? List.of(from) : asked;
    Set<String> seen = new HashSet<>();
    to.forEach(one -> seen.add(lower(one.address())));
    seen.add(lower(answered.address()));
    boolean person = answered.kind() == MessageKind.message;
    boolean copied = person && !others(answered, Set.of("cc"), own, new HashSet<>(seen)).isEmpty();
    return new ConversationDetail.Answering(
        to,
        person ? others(answered, Set.of("to", "cc"), own, seen) : List.of(),
        copied,
        asked.isEmpty() ? null : from);
  }

  private static List<Correspondent> others(
      ThreadStore.Answered answered, Set<String> kinds, Predicate<String> own, Set<String> seen) {
    return answered.recipients().stream()
        .filter(one -> kinds.contains(one.kind()) && one.address() != null)
        .filter(one -> !own.test(lower(one.address())) && seen.add(lower(one.address())))
        .map(one -> new Correspondent(one.name(), one.address()))
        .limit(Addressing.MOST - 1L)
        .toList();
  }

  /**
   * @throws Problem if there is nobody whom the answer could go to
   */
  Resolved resolve(
      ConversationStore.Current conversation, String channelName, Addressing addressing) {
    Channel channel = channels.get(channelName);
    Customer customer = customers.get(conversation.customerId());
    Correspondent reachable =
        channel
            .reaches(customer.id())
            .map(address -> new Correspondent(customer.name(), address))
            .orElse(null);
    List<Correspondent> usual =
        addressing.to() != null
            ? List.of()
            : usual(conversation.id(), conversation.brandId(), reachable).to();
    if (addressing.to() == null && usual.stream().allMatch(one -> one.address() == null)) {
      throw Problem.conflict("This customer has no address on the channel “" + channelName + "”.");
    }
    Predicate<String> own = own(channel, conversation.brandId(), conversation.id());
    List<Recipient> recipients = addressing.recipients(usual, own);
    return new Resolved(
        channel,
        sender(channel, conversation),
        recipients,
        answered(conversation.id(), addressing, recipients));
  }

  /** For what answers nothing: recipients are those that were named, and no others. */
  Resolved named(ConversationStore.Current conversation, Addressing addressing) {
    Channel channel = channels.get("email");
    Predicate<String> own = own(channel, conversation.brandId(), conversation.id());
    return new Resolved(
        channel, sender(channel, conversation), addressing.recipients(List.of(), own), null);
  }

  private @Nullable String sender(Channel channel, ConversationStore.Current conversation) {
    return channel
        .sender(conversation.brandId(), threads.newestOwnAddress(conversation.id()))
        .orElse(null);
  }

  /** Of whoever is written to, the newest message; else the one that is usually answered. */
  private ThreadStore.@Nullable Answered answered(
      long conversationId, Addressing addressing, List<Recipient> recipients) {
    Optional<ThreadStore.Answered> usual = threads.answered(conversationId);
    if (addressing.to() == null) {
      return usual.orElse(null);
    }
    List<String> to =
        recipients.stream()
            .filter(one -> one.kind().equals("to"))
            .map(one -> lower(one.address()))
            .toList();
    boolean stays =
        usual.isPresent()
            && (to.contains(lower(usual.get().address()))
                || usual.get().recipients().stream()
                    .anyMatch(
                        one -> one.kind().equals("reply-to") && to.contains(lower(one.address()))));
    return stays ? usual.get() : threads.answered(conversationId, to).or(() -> usual).orElse(null);
  }

  private Predicate<String> own(Channel channel, long brandId, long conversationId) {
    List<String> written = threads.ownAddresses(conversationId);
    return address -> written.contains(lower(address)) || channel.isOwn(brandId, address);
  }

  private static String lower(@Nullable String address) {
    return address == null ? "" : address.toLowerCase(Locale.ROOT);
  }
}

package dev.shopbell.conversations;

import dev.shopbell.platform.web.Problem;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The channels of this installation, found by type. */
@Component
class Channels {
  // Looked up when used: a channel in turn hands what comes in to this room.
  private final ObjectProvider<Channel> channels;

  Channels(ObjectProvider<Channel> channels) {
    this.channels = channels;
  }

  /**
   * @throws Problem if there is no channel of that name
   */
  Channel get(String name) {
    Map<String, Channel> byName =
        channels.stream().collect(Collectors.toMap(Channel::channelName, Function.identity()));
    Channel channel = byName.get(name);
    if (channel == null) {
      throw Problem.invalid(
          "channel", "There is no channel “" + name + "”; there are " + byName.keySet() + ".");
    }
    return channel;
  }

  List<ConversationDetail.Reachable> reaching(long customerId) {
    return channels.stream()
        .flatMap(channel ->
            channel.reaches(customerId).stream()
                .map(address -> new ConversationDetail.Reachable(channel.channelName(), address)))
        .toList();
  }
}

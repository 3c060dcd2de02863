package dev.shopbell.conversations;

import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Cursor;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.Permission;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/trusted-senders")
@io.swagger.v3.oas.annotations.tags.Tag(name = "Messages")
class TrustedSenderApi {
  private final TrustedSenders senders;

  TrustedSenderApi(TrustedSenders senders) {
    this.senders = senders;
  }

  /**
   * @param sender a mail address, or a domain
   */
  record NewTrustedSender(long brandId, String sender) {}

  @GetMapping
  @Allow(Permission.CONVERSATIONS_READ)
  Page<TrustedSender> listTrustedSenders(
      @RequestParam(required = false) @Nullable Long brand,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor,
      Caller caller) {
    int most = Page.limit(limit);
    return Page.of(
        senders.list(brand, caller.sight(), most, Cursor.parse(cursor, 1)),
        most,
        sender -> Cursor.of(sender.id()));
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Allow(Permission.CONVERSATIONS_CHANGE)
  TrustedSender trustSender(@RequestBody NewTrustedSender sender, Caller caller) {
    caller.sight().require(sender.brandId());
    return senders.trust(caller.actor(), sender.brandId(), sender.sender());
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow(Permission.CONVERSATIONS_CHANGE)
  void distrustSender(@PathVariable long id, Caller caller) {
    senders.distrust(caller.actor(), id);
  }
}

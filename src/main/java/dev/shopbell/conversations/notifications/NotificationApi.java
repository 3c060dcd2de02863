package dev.shopbell.conversations.notifications;

import dev.shopbell.conversations.AgentMailer;
import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Cursor;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.Permission;
import dev.shopbell.platform.web.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/me")
@Tag(name = "Notifications")
class NotificationApi {
  private static final int LONGEST_PAUSE = 7 * 24 * 60;

  private final NotificationStore store;
  private final Notifications notifications;
  private final NotificationSettingsStore settings;
  private final AgentMailer mailer;
  private final Clock clock;

  NotificationApi(
      NotificationStore store,
      Notifications notifications,
      NotificationSettingsStore settings,
      AgentMailer mailer,
      Clock clock) {
    this.store = store;
    this.notifications = notifications;
    this.settings = settings;
    this.mailer = mailer;
    this.clock = clock;
  }

  /**
   * @param conversationId all where it is left out
   * @param upTo the id of the newest line that was seen; all where it is left out
   */
  @Schema(name = "SeenNotifications")
  record Seen(@Nullable Long conversationId, @Nullable Long upTo) {}

  /**
   * @param minutes 0 to 10080; 0 ends it
   */
  @Schema(name = "NotificationPause")
  record Pause(int minutes) {}

  /** What you are told, newest first: one line for each conversation and time you have seen it. */
  @GetMapping("/notifications")
  @Allow(Permission.CONVERSATIONS_READ)
  Page<NotificationLine> listNotifications(
      @RequestParam(required = false, defaultValue = "false") boolean unread,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor,
      Caller caller) {
    int most = Page.limit(limit);
    return Page.of(
        store.list(caller.agentId(), unread, most, Cursor.parse(cursor, 1)),
        most,
        line -> Cursor.of(line.id()));
  }

  @GetMapping("/notifications/counters")
  @Allow(Permission.CONVERSATIONS_READ)
  NotificationLine.Counters countNotifications(Caller caller) {
    return store.count(caller.agentId());
  }

  @PostMapping("/notifications/seen")
  @Allow(Permission.CONVERSATIONS_READ)
  NotificationLine.Counters seeNotifications(@RequestBody Seen seen, Caller caller) {
    notifications.see(caller.agentId(), seen.conversationId(), seen.upTo());
    return store.count(caller.agentId());
  }

  /** Makes a line unread again. */
  @PutMapping("/notifications/{id}/unseen")
  @Allow(Permission.CONVERSATIONS_READ)
  NotificationLine.Counters unseeNotification(@PathVariable long id, Caller caller) {
    notifications.unsee(caller.agentId(), id);
    return store.count(caller.agentId());
  }

  @GetMapping("/notification-settings")
  @Allow.SignedIn
  NotificationSettings readNotificationSettings(Caller caller) {
    return settings.of(caller.agentId());
  }

  /** Sets all but the pause. A kind that is left out is told as usual. */
  @PutMapping("/notification-settings")
  @Allow.SignedIn
  NotificationSettings setNotificationSettings(
      @RequestBody NotificationSettings wanted, Caller caller) {
    return settings.save(caller.agentId(), wanted);
  }

  /** Lets mail and push wait for a while; what comes meanwhile is told after it. */
  @PutMapping("/notification-settings/pause")
  @Allow.SignedIn
  NotificationSettings pauseNotifications(@RequestBody Pause pause, Caller caller) {
    if (pause.minutes() < 0 || pause.minutes() > LONGEST_PAUSE) {
      throw Problem.invalid("minutes", "A pause lasts at most a week: 0 to " + LONGEST_PAUSE + ".");
    }
    return settings.pause(
        caller.agentId(),
        pause.minutes() == 0 ? null : clock.instant().plus(Duration.ofMinutes(pause.minutes())));
  }

  /** Sends you a mail for trial and says what became of it. */
  @PostMapping("/notification-settings/test-mail")
  @ResponseStatus(HttpStatus.OK)
  @Allow.SignedIn
  AgentMailer.Trial tryNotificationMail(Caller caller) {
    return mailer.test(caller.agentId());
  }
}

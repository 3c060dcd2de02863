package dev.shopbell.conversations.notifications;

import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.Permission;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/conversations/{id}/followers")
@Tag(name = "Conversations")
class FollowerApi {
  private final Followers followers;

  FollowerApi(Followers followers) {
    this.followers = followers;
  }

  /** Who hears of what happens here, besides whom it is assigned to. */
  @GetMapping
  @Allow(Permission.CONVERSATIONS_READ)
  Page<Followers.Follower> listFollowers(@PathVariable long id) {
    return Page.whole(followers.of(id));
  }

  @PutMapping("/me")
  @Allow(Permission.CONVERSATIONS_READ)
  Page<Followers.Follower> follow(@PathVariable long id, Caller caller) {
    followers.set(id, caller.agentId(), true);
    return Page.whole(followers.of(id));
  }

  /** From now on nothing but this same caller makes them follow again. */
  @DeleteMapping("/me")
  @Allow(Permission.CONVERSATIONS_READ)
  Page<Followers.Follower> unfollow(@PathVariable long id, Caller caller) {
    followers.set(id, caller.agentId(), false);
    return Page.whole(followers.of(id));
  }
}

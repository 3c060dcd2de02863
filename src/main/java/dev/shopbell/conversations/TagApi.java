package dev.shopbell.conversations;

import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.Permission;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/tags")
@io.swagger.v3.oas.annotations.tags.Tag(name = "Tags")
class TagApi {
  private final Tags tags;
  private final TagStore store;

  TagApi(Tags tags, TagStore store) {
    this.tags = tags;
    this.store = store;
  }

  /**
   * @param name 1 to 60 characters
   * @param color picked where it is left out; else one of #475569, #b91c1c, #c2410c, #a16207,
   *     #15803d, #0e7490, #1d4ed8, #4f46e5, #a21caf and #be185d
   * @param description at most 300 characters
   */
  record NewTag(String name, @Nullable String color, @Nullable String description) {}

  /** What is left out stays as it is. */
  record TagChange(
      @Nullable String name,
      @Nullable String color,
      @Nullable String description,
      @Nullable Boolean archived) {}

  /**
   * @param intoId the tag that is left
   */
  record TagMerge(long intoId) {}

  /**
   * @param conversations of those that the caller sees, counted no further than 10,000
   */
  @Schema(name = "TagUses")
  record Uses(long tagId, long conversations) {}

  /** All tags by name, also archived ones; at most 1,000. */
  @GetMapping
  @Allow(Permission.CONVERSATIONS_READ)
  Page<TagEntry> listTags() {
    return Page.whole(store.standing());
  }

  /** How many conversations bear each. */
  @GetMapping("/uses")
  @Allow(Permission.CONVERSATIONS_READ)
  Page<Uses> listTagUses(Caller caller) {
    return Page.whole(
        store.uses(caller.sight(), Tags.MOST_COUNTED).stream()
            .map(one -> new Uses(one.tagId(), one.conversations()))
            .toList());
  }

  /** Makes a tag; where there is one of that name, that is the answer. */
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Allow(Permission.TAGS_MANAGE)
  TagEntry createTag(@RequestBody NewTag tag, Caller caller) {
    return tags.create(
        caller.actor(), new Tags.Content(tag.name(), tag.color(), tag.description(), null));
  }

  @PatchMapping("/{id}")
  @Allow(Permission.TAGS_MANAGE)
  TagEntry changeTag(@PathVariable long id, @RequestBody TagChange change, Caller caller) {
    return tags.change(
        caller.actor(),
        id,
        new Tags.Content(change.name(), change.color(), change.description(), change.archived()));
  }

  /**
   * Merges this tag into another, which is the answer. Conversations and saved views follow; where
   * more than 1,000 conversations bear it, the last within seconds. Its name means the other tag
   * from then on. Cannot be undone; asked again, it is the same.
   */
  @PostMapping("/{id}/merge")
  @Allow(Permission.TAGS_MANAGE)
  TagEntry mergeTag(@PathVariable long id, @RequestBody TagMerge merge, Caller caller) {
    return tags.merge(caller.actor(), id, merge.intoId());
  }

  /** Removes a tag that no conversation bears and no saved view asks for; 409 for any other. */
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow(Permission.TAGS_MANAGE)
  void removeTag(@PathVariable long id, Caller caller) {
    tags.remove(caller.actor(), id);
  }
}

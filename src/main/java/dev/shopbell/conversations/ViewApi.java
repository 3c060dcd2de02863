package dev.shopbell.conversations;

import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.Permission;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/views")
@io.swagger.v3.oas.annotations.tags.Tag(name = "Views")
class ViewApi {
  private final Views views;

  ViewApi(Views views) {
    this.views = views;
  }

  /**
   * @param icon an emoji, or none
   * @param sort newest where it is left out
   * @param shared with everybody
   * @param teams with whose agents it is shared, where it is not with everybody; at most 50
   */
  @Schema(name = "ViewContent")
  record NewView(
      String name,
      @Nullable String icon,
      List<Condition> conditions,
      @Nullable ViewSort sort,
      @Nullable Boolean shared,
      @Nullable List<Long> teams) {
    ViewStore.Content content() {
      return new ViewStore.Content(
          name,
          icon,
          conditions,
          sort == null ? ViewSort.newest : sort,
          Boolean.TRUE.equals(shared),
          teams == null ? List.of() : teams);
    }
  }

  /** The caller's order of the keys of views; what is hidden stands apart, under “more”. */
  @Schema(name = "ViewOrder")
  record Order(List<String> keys, List<String> hidden) {}

  /** The built-in views, the caller's own and those shared with them, in the caller's order. */
  @GetMapping
  @Allow(Permission.CONVERSATIONS_READ)
  Page<View> listViews(Caller caller) {
    return Page.whole(views.of(caller));
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Allow(Permission.CONVERSATIONS_READ)
  View createView(@RequestBody NewView view, Caller caller) {
    return views.create(caller, view.content());
  }

  @PutMapping("/{id}")
  @Allow(Permission.CONVERSATIONS_READ)
  View changeView(@PathVariable long id, @RequestBody NewView view, Caller caller) {
    return views.change(caller, id, view.content());
  }

  /** Can be taken back for 30 days. */
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow(Permission.CONVERSATIONS_READ)
  void removeView(@PathVariable long id, Caller caller) {
    views.remove(caller, id);
  }

  @PostMapping("/{id}/restore")
  @Allow(Permission.CONVERSATIONS_READ)
  View restoreView(@PathVariable long id, Caller caller) {
    return views.restore(caller, id);
  }

  @PutMapping("/order")
  @Allow(Permission.CONVERSATIONS_READ)
  Page<View> arrangeViews(@RequestBody Order order, Caller caller) {
    views.arrange(caller, order.keys(), order.hidden());
    return Page.whole(views.of(caller));
  }
}

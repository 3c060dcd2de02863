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
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What helps to search. The search itself is the {@code q} of /conversations. */
@RestController
@RequestMapping("/api/v1/search")
@io.swagger.v3.oas.annotations.tags.Tag(name = "Search")
class SearchApi {
  private final AskedLists asked;
  private final Suggestions suggestions;
  private final RecentSearches recent;

  SearchApi(AskedLists asked, Suggestions suggestions, RecentSearches recent) {
    this.asked = asked;
    this.suggestions = suggestions;
    this.recent = recent;
  }

  /**
   * How a search is understood.
   *
   * @param conditions the same as a saved view holds them. There the words may stand in different
   *     messages; here one message must hold all
   * @param unknown values that name nothing there is: nothing is found by them
   */
  @Schema(name = "SearchMeaning")
  record Meaning(List<Condition> conditions, List<Search.Unknown> unknown) {}

  @GetMapping("/query")
  @Allow(Permission.CONVERSATIONS_READ)
  Meaning understandSearch(
      @RequestParam(required = false) @Nullable String q,
      @RequestParam(required = false) @Nullable String zone,
      Caller caller) {
    Search search = asked.search(q == null ? "" : q, zone, caller);
    return new Meaning(search.asConditions().all(), search.unknown());
  }

  /**
   * How what is being typed may go on, the likeliest first: at most ten.
   *
   * @param q what stands before the caret; the last word is the one that goes on
   */
  @GetMapping("/suggestions")
  @Allow(Permission.CONVERSATIONS_READ)
  Page<Suggestions.Suggestion> suggestSearches(
      @RequestParam(required = false) @Nullable String q, Caller caller) {
    return Page.whole(suggestions.of(q == null ? "" : q, caller));
  }

  /**
   * @param q 1 to 500 characters
   */
  @Schema(name = "SearchDone")
  record Done(String q) {}

  /** What the caller has searched for, the last one first: at most twenty. Nobody else sees it. */
  @GetMapping("/recent")
  @Allow(Permission.CONVERSATIONS_READ)
  Page<String> listRecentSearches(Caller caller) {
    return Page.whole(recent.of(caller.agentId()));
  }

  @PutMapping("/recent")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow(Permission.CONVERSATIONS_READ)
  void rememberSearch(@RequestBody Done body, Caller caller) {
    recent.remember(caller.agentId(), body.q());
  }

  /**
   * @param q the search to forget; all of them where it is left out
   */
  @DeleteMapping("/recent")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow(Permission.CONVERSATIONS_READ)
  void forgetSearches(@RequestParam(required = false) @Nullable String q, Caller caller) {
    recent.forget(caller.agentId(), q);
  }
}

package dev.shopbell.channels.email;

import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Cursor;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.Permission;
import io.swagger.v3.oas.annotations.tags.Tag;
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
@RequestMapping("/api/v1")
@Tag(name = "Mail")
class SplitCaseApi {
  private final SplitCases cases;

  SplitCaseApi(SplitCases cases) {
    this.cases = cases;
  }

  /**
   * @param ownText what the sender wrote themselves; empty where all of it is, absent where the
   *     agent only says that it was wrong
   */
  record SplitReport(@Nullable String ownText) {}

  @PostMapping("/messages/{id}/split-case")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow(Permission.CONVERSATIONS_REPLY)
  void reportSplit(@PathVariable long id, @RequestBody SplitReport report, Caller caller) {
    cases.keep(caller.agentId(), id, report.ownText());
  }

  /** The newest first. */
  @GetMapping("/split-cases")
  @Allow(Permission.AUDIT_READ)
  Page<SplitCases.SplitCase> listSplitCases(
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(required = false) @Nullable Integer limit,
      Caller caller) {
    return cases.list(caller.sight(), Cursor.parse(cursor, 1), Page.limit(limit));
  }

  @DeleteMapping("/split-cases/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow(Permission.BRANDS_MANAGE)
  void removeSplitCase(@PathVariable long id) {
    cases.remove(id);
  }
}

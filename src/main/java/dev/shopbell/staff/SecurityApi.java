package dev.shopbell.staff;

import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.Permission;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where somebody is signed in. For people at the desk alone: a token answers 403 to all of it. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Sign-in")
class SecurityApi {
  private final Sessions sessions;
  private final Staffing staffing;

  SecurityApi(Sessions sessions, Staffing staffing) {
    this.sessions = sessions;
    this.staffing = staffing;
  }

  @GetMapping("/me/sessions")
  @Allow.SignedIn
  Page<Sessions.Open> listSessions(Caller caller) {
    return Page.whole(sessions.of(caller.agentId(), StaffAuthenticator.session(caller)));
  }

  @DeleteMapping("/me/sessions/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow.SignedIn
  void endSession(@PathVariable long id, Caller caller) {
    StaffAuthenticator.session(caller);
    sessions.end(caller.agentId(), id);
  }

  /** Ends all but the one that asks. */
  @DeleteMapping("/me/sessions")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow.SignedIn
  void endOtherSessions(Caller caller) {
    sessions.endOthers(caller.agentId(), StaffAuthenticator.session(caller));
  }

  /** Signs somebody out everywhere; they may sign in again. */
  @DeleteMapping("/agents/{id}/sessions")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow(Permission.AGENTS_MANAGE)
  void endSessionsOfAgent(@PathVariable long id, Caller caller) {
    sessions.endAll(caller.actor(), staffing.mayDecideAbout(caller, id).id());
  }
}

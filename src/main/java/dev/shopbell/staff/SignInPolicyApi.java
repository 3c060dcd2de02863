package dev.shopbell.staff;

import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Permission;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** How others sign in: what is asked of them, and help for those who cannot. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Sign-in")
class SignInPolicyApi {
  private final SignInPolicy policy;
  private final Sessions sessions;
  private final SecondSteps secondSteps;
  private final Staffing staffing;

  SignInPolicyApi(
      SignInPolicy policy, Sessions sessions, SecondSteps secondSteps, Staffing staffing) {
    this.policy = policy;
    this.sessions = sessions;
    this.secondSteps = secondSteps;
    this.staffing = staffing;
  }

  @GetMapping("/sign-in-policy")
  @Allow(Permission.INSTALLATION_MANAGE)
  SignInPolicy.Policy readSignInPolicy() {
    return policy.read();
  }

  /**
   * Whoever has no second step and has to, is led to set one up, and can do nothing else before.
   */
  @PutMapping("/sign-in-policy")
  @Allow(Permission.INSTALLATION_MANAGE)
  SignInPolicy.Policy changeSignInPolicy(@RequestBody SignInPolicy.Policy wanted, Caller caller) {
    return policy.change(caller.actor(), wanted);
  }

  /** Signs somebody out everywhere; they may sign in again. */
  @DeleteMapping("/agents/{id}/sessions")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow(Permission.AGENTS_MANAGE)
  void endSessionsOfAgent(@PathVariable long id, Caller caller) {
    sessions.endAll(caller.actor(), staffing.mayDecideAbout(caller, id).id());
  }

  /** For somebody who has lost it: their password alone lets them in again. */
  @DeleteMapping("/agents/{id}/second-step")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow(Permission.AGENTS_MANAGE)
  void resetSecondStep(@PathVariable long id, Caller caller) {
    secondSteps.reset(caller.actor(), staffing.mayDecideAbout(caller, id).id());
  }
}

package dev.shopbell.staff;

import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.Permission;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
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

/**
 * Setting up who else says who somebody is. Changes are for those who hold every permission:
 * owners.
 */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Sign-in")
class IdentityProviderApi {
  private final IdentityProviders providers;
  private final ProviderAccounts accounts;
  private final ProviderSignIn signIn;
  private final Staffing staffing;

  IdentityProviderApi(
      IdentityProviders providers,
      ProviderAccounts accounts,
      ProviderSignIn signIn,
      Staffing staffing) {
    this.providers = providers;
    this.accounts = accounts;
    this.signIn = signIn;
    this.staffing = staffing;
  }

  /**
   * @param redirectAddress to be entered at every provider, exactly so
   */
  @Schema(name = "IdentityProviderSetup")
  record Setup(String redirectAddress) {}

  @GetMapping("/identity-providers")
  @Allow(Permission.INSTALLATION_MANAGE)
  Page<IdentityProvider> listIdentityProviders() {
    return Page.whole(providers.all());
  }

  @GetMapping("/identity-providers/setup")
  @Allow(Permission.INSTALLATION_MANAGE)
  Setup readIdentityProviderSetup() {
    return new Setup(signIn.redirect());
  }

  /** Refused with the reason where the provider cannot be used as it is. */
  @PostMapping("/identity-providers")
  @ResponseStatus(HttpStatus.CREATED)
  @Allow(Permission.INSTALLATION_MANAGE)
  IdentityProvider addIdentityProvider(
      @RequestBody IdentityProviders.Wanted provider, Caller caller) {
    return providers.add(caller, provider);
  }

  @PutMapping("/identity-providers/{id}")
  @Allow(Permission.INSTALLATION_MANAGE)
  IdentityProvider changeIdentityProvider(
      @PathVariable long id, @RequestBody IdentityProviders.Wanted provider, Caller caller) {
    return providers.change(caller, id, provider);
  }

  /** With it goes what agents have linked; whoever is signed in stays so. */
  @DeleteMapping("/identity-providers/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow(Permission.INSTALLATION_MANAGE)
  void removeIdentityProvider(@PathVariable long id, Caller caller) {
    providers.remove(caller, id);
  }

  /** For somebody whose accounts there are others now: the next sign-in links the new one. */
  @DeleteMapping("/agents/{id}/identity-providers")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow(Permission.AGENTS_MANAGE)
  void unlinkAgent(@PathVariable long id, Caller caller) {
    accounts.unlinkAll(caller.actor(), staffing.mayDecideAbout(caller, id).id());
  }
}

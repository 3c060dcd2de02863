package dev.shopbell.staff;

import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.ClientAddress;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/forgotten-password")
@Tag(name = "Sign-in")
class ForgottenPasswordApi {
  private final ForgottenPasswords forgotten;
  private final ClientAddress address;

  ForgottenPasswordApi(ForgottenPasswords forgotten, ClientAddress address) {
    this.forgotten = forgotten;
    this.address = address;
  }

  @Schema(name = "ForgottenPassword")
  record Forgotten(String email) {}

  /** Whoever has this address gets a link by mail; whether anybody has it is not told. */
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Allow.Anyone(because = "whoever has forgotten their password cannot sign in")
  void askForPasswordLink(
      @RequestBody Forgotten body, @Parameter(hidden = true) HttpServletRequest request) {
    forgotten.ask(body.email(), Device.of(request, address));
  }
}

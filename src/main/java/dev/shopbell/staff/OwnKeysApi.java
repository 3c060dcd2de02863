package dev.shopbell.staff;

import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/me/keys")
@Tag(name = "People")
class OwnKeysApi {
  private final OwnKeys ownKeys;

  OwnKeysApi(OwnKeys ownKeys) {
    this.ownKeys = ownKeys;
  }

  /**
   * @param keys at most 200; each action once
   */
  record KeyMap(List<OwnKeys.OwnKey> keys) {}

  @GetMapping
  @Allow.SignedIn
  KeyMap readKeys(Caller caller) {
    return new KeyMap(ownKeys.of(caller.agentId()));
  }

  /** All keys that differ from the desk's own; what is left out has the desk's own key again. */
  @PutMapping
  @Allow.SignedIn
  KeyMap setKeys(@RequestBody KeyMap map, Caller caller) {
    ownKeys.set(caller.agentId(), map.keys());
    return readKeys(caller);
  }
}

package dev.shopbell.conversations.notifications;

import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.Permission;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
@RequestMapping("/api/v1/me")
@Tag(name = "Notifications")
class PushApi {
  /** Whoever presses the button looks at the screen now. */
  private static final Duration TEST_KEPT = Duration.ofMinutes(1);

  private final PushDevices devices;
  private final WebPush push;
  private final VapidKey key;

  PushApi(PushDevices devices, WebPush push, VapidKey key) {
    this.devices = devices;
    this.push = push;
    this.key = key;
  }

  @Schema(name = "PushKey")
  record PublicKey(String publicKey) {}

  /**
   * @param taken how many push services took it
   * @param ended how many devices turned out to be gone
   * @param words what went wrong, one sentence for each device; empty where nothing did
   */
  @Schema(name = "PushTrial")
  record Trial(int taken, int ended, List<String> words) {}

  /** The key that a browser's subscription is bound to: {@code applicationServerKey}. */
  @GetMapping("/push-key")
  @Allow(Permission.CONVERSATIONS_READ)
  PublicKey readPushKey() {
    return new PublicKey(key.publicKey());
  }

  @GetMapping("/push-devices")
  @Allow(Permission.CONVERSATIONS_READ)
  Page<PushDevices.PushDevice> listPushDevices(Caller caller) {
    return Page.whole(devices.of(caller.agentId()));
  }

  /** Keeps a browser's subscription. The same one twice is kept once. */
  @PutMapping("/push-devices")
  @Allow(Permission.CONVERSATIONS_READ)
  PushDevices.PushDevice addPushDevice(
      @RequestBody PushDevices.NewPushDevice device, Caller caller) {
    return devices.add(caller.agentId(), device);
  }

  @DeleteMapping("/push-devices/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow(Permission.CONVERSATIONS_READ)
  void endPushDevice(@PathVariable long id, Caller caller) {
    devices.end(caller.agentId(), id);
  }

  /** Sends each of your devices a push for trial and says what became of it. */
  @PostMapping("/notification-settings/test-push")
  @Allow(Permission.CONVERSATIONS_READ)
  Trial tryPush(Caller caller) {
    int taken = 0;
    int ended = 0;
    List<String> words = new ArrayList<>();
    for (PushDevices.Address device : devices.addresses(caller.agentId())) {
      switch (push.send(device, new WebPush.Shown("test", 1, null, null, null), TEST_KEPT, null)) {
        case WebPush.Outcome.Taken _ -> taken++;
        case WebPush.Outcome.Gone _ -> {
          devices.gone(device.id());
          ended++;
        }
        case WebPush.Outcome.Later _ -> words.add("The push service does not answer now.");
        case WebPush.Outcome.Never never -> words.add(never.words());
      }
    }
    return new Trial(taken, ended, words);
  }
}

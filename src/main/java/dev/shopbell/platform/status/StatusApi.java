package dev.shopbell.platform.status;

import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Permission;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What is wrong with the installation, and what to do. */
@RestController
@RequestMapping("/api/v1/status")
@Tag(name = "Installation")
class StatusApi {
  private final Checks checks;

  StatusApi(Checks checks) {
    this.checks = checks;
  }

  /**
   * @param state the worst of all
   * @param checks the worst first
   */
  @Schema(name = "InstallationStatus")
  record Status(Finding.State state, List<Part> checks) {}

  /**
   * @param says what is so, in English, with the names of {@code values} in braces
   * @param advice what to do about it; null where nothing has to be done
   */
  @Schema(name = "StatusCheck")
  record Part(
      String name,
      Finding.State state,
      String says,
      @Nullable String advice,
      Map<String, Object> values) {}

  /** How every part of the installation is; at most a few seconds old. */
  @GetMapping
  @Allow(Permission.INSTALLATION_MANAGE)
  Status readStatus() {
    List<Part> parts =
        checks.all().stream()
            .map(one ->
                new Part(
                    one.name(),
                    one.finding().state(),
                    one.finding().says(),
                    one.finding().advice(),
                    one.finding().values()))
            .toList();
    return new Status(parts.isEmpty() ? Finding.State.well : parts.getFirst().state(), parts);
  }
}

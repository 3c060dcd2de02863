package dev.shopbell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two commands of the packaged program, on its embedded database. */
class BackupIT {
  @TempDir Path temp;

  @Test
  void oneCommandBacksUpTheRunningProgramAndOneRestoresItElsewhere() {
    Path archive = temp.resolve("shop.zip");
    List<String> subjects;
    try (PackagedShopbell shopbell = new PackagedShopbell(temp.resolve("data"), Map.of())) {
      shopbell.start();
      for (int n = 0; n < 20; n++) {
        Mail.plain("buyer" + n + "@client.example", "care@shop.example", "Matter " + n, "Hello.")
            .send(shopbell.smtpPort());
      }
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> shopbell.api().all("/conversations").size() == 20);
      assertThat(shopbell.runToEnd("backup", archive.toString())).as(shopbell.output()).isZero();
      assertThat(shopbell.runToEnd("restore", archive.toString()))
          .as("into the folder of a running program")
          .isEqualTo(1);
      assertThat(shopbell.output()).contains("is already in use by another Shopbell");
      subjects = subjects(shopbell);
    }
    try (PackagedShopbell restored = new PackagedShopbell(temp.resolve("restored"), Map.of())) {
      assertThat(restored.runToEnd("restore", archive.toString())).as(restored.output()).isZero();
      restored.start();
      assertThat(subjects(restored)).containsExactlyInAnyOrderElementsOf(subjects);
    }
  }

  private static List<String> subjects(PackagedShopbell shopbell) {
    return shopbell.api().all("/conversations").stream()
        .map(row -> row.path("subject").asString())
        .toList();
  }
}

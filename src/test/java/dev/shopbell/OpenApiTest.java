package dev.shopbell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The committed description is what the program serves. */
class OpenApiTest {
  private static final Path COMMITTED = Path.of("docs", "openapi.json");

  @Test
  void describesTheApiAsItIs() throws IOException {
    JsonMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    String served =
        json.writeValueAsString(RunningShopbell.shared().api().get("/openapi.json")) + "\n";
    if (Boolean.getBoolean("openapi.write")) {
      Files.writeString(COMMITTED, served);
    }
    assertThat(served)
        .as("docs/openapi.json is out of date: mvn test -Dtest=OpenApiTest -Dopenapi.write=true")
        .isEqualTo(Files.readString(COMMITTED));
  }
}

package dev.shopbell.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Pictures;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RasterImageTest {
  @ParameterizedTest
  @CsvSource({"png,image/png", "jpg,image/jpeg", "gif,image/gif"})
  void readsKindAndSize(String format, String contentType) {
    assertThat(RasterImage.read(Pictures.of(format, 321, 45)))
        .isEqualTo(new RasterImage(contentType, 321, 45));
  }

  @ParameterizedTest
  @CsvSource({
    // lossy: frame tag, start code, 16-bit sides
    "52494646000000005745425056503820000000000000009d012a41012d00,image/webp",
    // lossless: both sides less one, in 14 bits each
    "5249464600000000574542505650384c000000002f40010b00,image/webp",
    // extended: both sides less one, in 24 bits each
    "524946460000000057454250565038580000000000000000400100" + "2c0000,image/webp",
    "0000001c66747970617669660000000000000014697370650000000000000141" + "0000002d,image/avif"
  })
  void readsKindsThatJavaCannotWrite(String hex, String contentType) {
    assertThat(RasterImage.read(HexFormat.of().parseHex(hex)))
        .isEqualTo(new RasterImage(contentType, 321, 45));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        "<html><img></html>",
        "%PDF-1.7",
        "GIF8",
        "BM"
      })
  void whatIsNoneOfTheKindsIsNoPicture(String content) {
    assertThat(RasterImage.read(content.getBytes(StandardCharsets.UTF_8))).isNull();
  }

  @Property(tries = 300)
  void isNeverUpsetByWhatIsCutOrChanged(
      @ForAll @IntRange(max = 700) int length,
      @ForAll @IntRange(max = 60) int place,
      @ForAll byte value) {
    for (String format : new String[] {"png", "jpg", "gif"}) {
      byte[] whole = Pictures.of(format, 30, 20);
      byte[] cut = Arrays.copyOf(whole, Math.min(length, whole.length));
      RasterImage.read(cut);
      whole[Math.min(place, whole.length - 1)] = value;
      RasterImage.read(whole);
    }
  }

  @Test
  void refusesSidesThatWouldFillABrowsersMemory() {
    assertThat(new RasterImage("image/png", 5_000, 8_000).isBounded()).isTrue();
    assertThat(new RasterImage("image/png", 8_000, 8_000).isBounded()).isFalse();
    assertThat(new RasterImage("image/png", 4_294_967_295L, 1).isBounded()).isFalse();
    assertThat(new RasterImage("image/png", 0, 10).isBounded()).isFalse();
  }
}

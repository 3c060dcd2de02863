package dev.shopbell.brands;

import dev.shopbell.platform.pictures.Picture;
import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Permission;
import dev.shopbell.platform.web.Problem;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

@RestController
@Tag(name = "Brands")
class LogoApi {
  /** Twice 200, for sharp screens. In pixels. */
  private static final int LONGEST_SIDE = 400;

  private final Logos logos;
  private final Brands brands;

  LogoApi(Logos logos, Brands brands) {
    this.logos = logos;
    this.brands = brands;
  }

  /**
   * A PNG or JPEG of at most 2 MB and 25 million pixels becomes the brand's logo, in its own shape,
   * 400 pixels wide or high at most.
   */
  @PostMapping(path = "/api/v1/brands/{id}/logo", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  @Allow(Permission.BRANDS_MANAGE)
  Brand setLogo(@PathVariable long id, @RequestParam MultipartFile file, Caller caller)
      throws IOException {
    brands.get(id);
    try (InputStream content = file.getInputStream()) {
      Picture logo = Picture.whole(content.readNBytes(Picture.MOST_BYTES + 1), LONGEST_SIDE);
      logos.set(caller.actor(), id, logo);
    }
    return brands.get(id);
  }

  @DeleteMapping("/api/v1/brands/{id}/logo")
  @Allow(Permission.BRANDS_MANAGE)
  Brand removeLogo(@PathVariable long id, Caller caller) {
    logos.remove(caller.actor(), id);
    return brands.get(id);
  }

  @GetMapping("/logos/{name}")
  @Allow.Anyone(because = "shoppers, who have no account here, are to see whose shop it is")
  ResponseEntity<byte[]> readLogo(@PathVariable String name) {
    byte[] image =
        logos.find(name).orElseThrow(() -> Problem.notFound("There is no such picture."));
    return ResponseEntity.ok()
        .contentType(MediaType.IMAGE_PNG)
        .header("Content-Security-Policy", "default-src 'none'; sandbox")
        .cacheControl(CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable())
        .body(image);
  }
}

package dev.shopbell.staff;

import dev.shopbell.platform.pictures.Picture;
import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
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
@Tag(name = "People")
class FaceApi {
  /** Twice what mail shows, for sharp screens. In pixels. */
  private static final int SIDE = 192;

  private final Faces faces;
  private final Agents agents;

  FaceApi(Faces faces, Agents agents) {
    this.faces = faces;
    this.agents = agents;
  }

  /** The middle of the picture, PNG or JPEG of at most 2 MB, becomes the caller's face. */
  @PostMapping(path = "/api/v1/me/face", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  @Allow.SignedIn
  Agent setFace(@RequestParam MultipartFile file, Caller caller) throws IOException {
    try (InputStream content = file.getInputStream()) {
      faces.set(caller.agentId(), Picture.middle(content.readNBytes(Picture.MOST_BYTES + 1), SIDE));
    }
    return agents.get(caller.agentId());
  }

  @DeleteMapping("/api/v1/me/face")
  @Allow.SignedIn
  Agent removeFace(Caller caller) {
    faces.remove(caller.agentId());
    return agents.get(caller.agentId());
  }

  @GetMapping("/faces/{name}")
  @Allow.Anyone(because = "mail shows it to customers, who have no account here")
  ResponseEntity<byte[]> readFace(@PathVariable String name) {
    byte[] image =
        faces.find(name).orElseThrow(() -> Problem.notFound("There is no such picture."));
    return ResponseEntity.ok()
        .contentType(name.endsWith(".png") ? MediaType.IMAGE_PNG : MediaType.IMAGE_JPEG)
        .header("Content-Security-Policy", "default-src 'none'; sandbox")
        .cacheControl(CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable())
        .body(image);
  }
}

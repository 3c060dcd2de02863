package dev.shopbell.conversations;

import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Permission;
import java.time.Duration;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Pictures that mails point to: asked for by their place in a message, never by an address. */
@RestController
@RequestMapping("/api/v1/messages/{id}/remote-images")
@io.swagger.v3.oas.annotations.tags.Tag(name = "Files")
class RemoteImageApi {
  private final RemoteImages images;

  RemoteImageApi(RemoteImages images) {
    this.images = images;
  }

  static String path(long messageId, int place) {
    return "/api/v1/messages/" + messageId + "/remote-images/" + place;
  }

  @GetMapping("/{place}")
  @Allow(Permission.CONVERSATIONS_READ)
  ResponseEntity<Resource> readRemoteImage(@PathVariable long id, @PathVariable int place) {
    RemoteImageStore.Fetched.Picture picture = images.read(id, place);
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(picture.contentType()))
        .contentLength(picture.content().length)
        .header("Content-Disposition", "inline")
        .header("Content-Security-Policy", "default-src 'none'; sandbox")
        .cacheControl(CacheControl.maxAge(Duration.ofDays(1)).cachePrivate().immutable())
        .body(new ByteArrayResource(picture.content()));
  }
}

package dev.shopbell.conversations;

import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.Permission;
import dev.shopbell.platform.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The shared files of a brand. What stands there is attached by making an upload of it. */
@RestController
@RequestMapping("/api/v1/library-files")
@io.swagger.v3.oas.annotations.tags.Tag(name = "Files")
class LibraryApi {
  private final LibraryFiles library;
  private final AttachmentStore attachments;
  private final ConversationDoor door;

  LibraryApi(LibraryFiles library, AttachmentStore attachments, ConversationDoor door) {
    this.library = library;
    this.door = door;
    this.attachments = attachments;
  }

  /**
   * @param attachmentId an upload of the caller, or a file of a message
   */
  record NewLibraryFile(long brandId, long attachmentId) {}

  @GetMapping
  @Allow(Permission.CONVERSATIONS_READ)
  Page<LibraryFiles.LibraryFile> listLibraryFiles(
      @RequestParam(required = false) @Nullable Long brand, Caller caller) {
    return Page.whole(
        library.of(brand).stream().filter(file -> caller.sight().sees(file.brandId())).toList());
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Allow(Permission.LIBRARY_MANAGE)
  LibraryFiles.LibraryFile addLibraryFile(@RequestBody NewLibraryFile file, Caller caller) {
    caller.sight().require(file.brandId());
    AttachmentStore.AttachmentRow row =
        attachments
            .find(file.attachmentId())
            .filter(found -> found.isSeenBy(caller.agentId()))
            .filter(found -> door.seesAttachment(caller.sight(), found.id()))
            .orElseThrow(
                () -> Problem.notFound("There is no attachment " + file.attachmentId() + "."));
    return library.add(caller.agentId(), file.brandId(), row);
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow(Permission.LIBRARY_MANAGE)
  void removeLibraryFile(@PathVariable long id) {
    library.remove(id);
  }

  /** Makes an upload of the caller of it, to go with a message. */
  @PostMapping("/{id}/copies")
  @ResponseStatus(HttpStatus.CREATED)
  @Allow(Permission.CONVERSATIONS_REPLY)
  AttachmentApi.Upload copyLibraryFile(@PathVariable long id, Caller caller) {
    return AttachmentApi.Upload.of(library.take(caller.agentId(), id));
  }
}

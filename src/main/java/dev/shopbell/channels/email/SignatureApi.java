package dev.shopbell.channels.email;

import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.Permission;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
@Tag(name = "Mail")
class SignatureApi {
  private final Signatures signatures;

  SignatureApi(Signatures signatures) {
    this.signatures = signatures;
  }

  /**
   * The template of a brand. Placeholders: {agent.name}, {agent.title}, {agent.text}, {brand.name},
   * {brand.address}.
   *
   * @param standard whether the brand has none of its own
   */
  record BrandSignature(long brandId, String html, boolean standard) {}

  /**
   * @param html null for the standard template, empty for no signature
   */
  record NewBrandSignature(@Nullable String html) {}

  record Template(String html) {}

  /** As customers see it. The picture stands at its left. */
  @Schema(name = "SignaturePreview")
  record Preview(String html, String text, @Nullable String faceUrl) {
    static Preview of(Signature signature) {
      return new Preview(
          signature.html(), signature.text(), signature.isEmpty() ? null : signature.faceUrl());
    }
  }

  /**
   * @param text what the caller adds to the template, in lines
   */
  record OwnSignature(long brandId, String text, Preview preview) {
    static OwnSignature of(Signatures.Own own) {
      return new OwnSignature(own.brandId(), own.text(), Preview.of(own.signature()));
    }
  }

  record OwnLines(String text) {}

  @GetMapping("/brands/{id}/signature")
  @Allow(Permission.CONVERSATIONS_READ)
  BrandSignature readSignature(@PathVariable long id) {
    return new BrandSignature(id, signatures.template(id), signatures.isStandard(id));
  }

  @PutMapping("/brands/{id}/signature")
  @Allow(Permission.BRANDS_MANAGE)
  BrandSignature setSignature(
      @PathVariable long id, @RequestBody NewBrandSignature signature, Caller caller) {
    signatures.setBrand(caller.actor(), id, signature.html());
    return readSignature(id);
  }

  /** How a template would look below the caller's mails. Nothing is kept. */
  @PostMapping("/brands/{id}/signature/preview")
  @Allow(Permission.BRANDS_MANAGE)
  Preview previewSignature(@PathVariable long id, @RequestBody Template template, Caller caller) {
    return Preview.of(signatures.preview(id, template.html(), caller.agentId()));
  }

  /** The caller's signatures, one for each brand. */
  @GetMapping("/me/signatures")
  @Allow.SignedIn
  Page<OwnSignature> listOwnSignatures(Caller caller) {
    return Page.whole(
        signatures.own(caller.agentId()).stream()
            .filter(own -> caller.sight().sees(own.brandId()))
            .map(OwnSignature::of)
            .toList());
  }

  @PutMapping("/me/signatures/{brandId}")
  @Allow.SignedIn
  OwnSignature setOwnSignature(
      @PathVariable long brandId, @RequestBody OwnLines own, Caller caller) {
    signatures.setOwn(caller.agentId(), brandId, own.text());
    return OwnSignature.of(signatures.own(caller.agentId(), brandId));
  }
}

package dev.shopbell.channels.email.authentication;

import dev.shopbell.platform.dns.Dns;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Verifies the DKIM signatures of a mail (RFC 6376), the topmost five of them. */
public final class DkimVerifier {
  private static final int MOST_SIGNATURES = 5;
  private static final byte[] LINE_END = {'\r', '\n'};

  private DkimVerifier() {}

  /**
   * What one signature is worth.
   *
   * @param result as RFC 8601 names it: pass, fail, policy, temperror, permerror
   * @param domain that signs, or is said to
   * @param words what is wrong, to follow "its signature …"; empty where it passes
   */
  public record Result(String result, @Nullable String domain, String words) {}

  private record Candidate(int index, DkimSignature signature, PublicKey key) {}

  /**
   * @param body read to its end where there is a signature that it decides
   */
  public static List<Result> verify(RawHead head, InputStream body, Dns.Lookup dns, Instant now)
      throws IOException {
    List<@Nullable Result> results = new ArrayList<>();
    List<Candidate> candidates = new ArrayList<>();
    if (!head.isWhole()) {
      return List.of();
    }
    for (RawHead.Field field :
        head.all("dkim-signature").stream().limit(MOST_SIGNATURES).toList()) {
      switch (DkimSignature.read(field, now)) {
        case DkimSignature.Reading.Unusable(var domain, var result, var words) ->
            results.add(new Result(result, domain, words));
        case DkimSignature.Reading.Usable(var signature) -> {
          switch (key(signature, dns)) {
            case Found(var key) -> {
              candidates.add(new Candidate(results.size(), signature, key));
              results.add(null);
            }
            case Missing(var result) -> results.add(result);
          }
        }
      }
    }
    Map<Canonical, byte[]> hashes = hashes(candidates, body);
    for (Candidate candidate : candidates) {
      results.set(candidate.index(), result(candidate, head, hashes));
    }
    return results.stream().map(java.util.Objects::requireNonNull).toList();
  }

  private sealed interface Lookup {}

  private record Found(PublicKey key) implements Lookup {}

  private record Missing(Result result) implements Lookup {}

  private static Lookup key(DkimSignature signature, Dns.Lookup dns) {
    String domain = signature.domain();
    Dns.Answer answer = dns.ask(Dns.Type.TXT, signature.selector() + "._domainkey." + domain);
    if (answer instanceof Dns.Answer.Failed) {
      return new Missing(new Result("temperror", domain, "could not be checked"));
    }
    DkimKeyRecord record = DkimKeyRecord.of(answer.values());
    PublicKey key =
        record == null || record.isRevoked() || !record.allows(signature)
            ? null
            : record.key(signature.algorithm());
    return key == null
        ? new Missing(new Result("permerror", domain, "names a key that is not published"))
        : new Found(key);
  }

  private static Map<Canonical, byte[]> hashes(List<Candidate> candidates, InputStream body)
      throws IOException {
    Map<Canonical, MessageDigest> digests = new EnumMap<>(Canonical.class);
    List<OutputStream> outs = new ArrayList<>();
    for (Candidate candidate : candidates) {
      Canonical form = candidate.signature().body();
      if (!digests.containsKey(form)) {
        MessageDigest digest = sha256();
        digests.put(form, digest);
        outs.add(form.body(digest));
      }
    }
    if (!outs.isEmpty()) {
      byte[] buffer = new byte[16 * 1024];
      for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
        for (OutputStream out : outs) {
          out.write(buffer, 0, count);
        }
      }
    }
    for (OutputStream out : outs) {
      out.close();
    }
    Map<Canonical, byte[]> hashes = new EnumMap<>(Canonical.class);
    digests.forEach((form, digest) -> hashes.put(form, digest.digest()));
    return hashes;
  }

  private static Result result(Candidate candidate, RawHead head, Map<Canonical, byte[]> hashes) {
    DkimSignature signature = candidate.signature();
    if (!MessageDigest.isEqual(hashes.get(signature.body()), signature.bodyHash())) {
      return new Result(
          "fail", signature.domain(), "does not fit: the mail was changed on its way");
    }
    try {
      Signature check =
          Signature.getInstance(signature.algorithm().equals("rsa") ? "SHA256withRSA" : "Ed25519");
      check.initVerify(candidate.key());
      byte[] signed = signedBytes(head, signature.signed(), signature.head(), signature.unsigned());
      check.update(signature.algorithm().equals("rsa") ? signed : sha256().digest(signed));
      if (check.verify(signature.signature())) {
        return new Result("pass", signature.domain(), "");
      }
    } catch (GeneralSecurityException e) {
      // One that cannot even be decoded does not fit either.
    }
    return new Result("fail", signature.domain(), "does not fit");
  }

  /** The fields that are signed, of several the lowest first, and the signature's own last. */
  static byte[] signedBytes(
      RawHead head, List<String> names, Canonical form, RawHead.Field signature) {
    Map<String, Deque<RawHead.Field>> left = new HashMap<>();
    for (RawHead.Field field : head.fields()) {
      left.computeIfAbsent(field.name(), any -> new ArrayDeque<>()).push(field);
    }
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream(2048);
    for (String name : names) {
      Deque<RawHead.Field> fields = left.get(name);
      if (fields != null && !fields.isEmpty()) {
        bytes.writeBytes(form.header(fields.pop()));
        bytes.writeBytes(LINE_END);
      }
    }
    bytes.writeBytes(form.header(signature));
    return bytes.toByteArray();
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}

package dev.shopbell.channels.email.authentication;

import dev.shopbell.conversations.Authentication;
import dev.shopbell.conversations.Authentication.Verdict;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Weighs what was found out about a mail, as DMARC does (RFC 7489): a signature or a sending server
 * counts only if it speaks for the domain that From shows. Where the owner of that domain publishes
 * no policy, the same is asked and less is concluded.
 */
public final class SenderVerdict {
  private SenderVerdict() {}

  /** For a mail whose From names nobody, or more than one, or that only seems to have one. */
  public static Authentication withoutSender(boolean several) {
    return several
        ? new Authentication(
            Verdict.failed, "The mail names several senders at once.", null, null, null, null)
        : new Authentication(Verdict.none, "The mail names no sender.", null, null, null, null);
  }

  /**
   * @param from the domain of From
   * @param spf null where it says nothing, as behind a relay of our own
   */
  public static Authentication of(
      String from, Spf.@Nullable Result spf, List<DkimVerifier.Result> dkim, Dmarc.Answer dmarc) {
    Dmarc.Record record = dmarc instanceof Dmarc.Answer.Published(var published) ? published : null;
    // Without the owner's word on it only the very same domain is safe to count.
    boolean unsure = dmarc instanceof Dmarc.Answer.Unknown;
    boolean strictDkim = record == null ? unsure : record.strictDkim();
    boolean strictSpf = record == null ? unsure : record.strictSpf();
    Spf.Result server = spf != null && Domains.aligned(from, spf.domain(), strictSpf) ? spf : null;
    DkimVerifier.Result signature =
        dkim.stream()
            .filter(one -> Domains.aligned(from, one.domain(), strictDkim))
            .min(java.util.Comparator.comparingInt(one -> weight(one.result())))
            .orElse(null);
    boolean signed = signature != null && signature.result().equals("pass");
    boolean sentByOwner = server != null && server.result().equals("pass");
    boolean failing =
        (signature != null && signature.result().equals("fail"))
            || (server != null && server.result().equals("fail"));
    Verdict verdict;
    if (signed || sentByOwner) {
      verdict = Verdict.passed;
    } else if (unsure
        || (signature != null && signature.result().equals("temperror"))
        || (server != null && server.result().equals("temperror"))) {
      verdict = Verdict.unknown;
    } else if (spf == null) {
      // Which server it came from may have sufficed, and we cannot know.
      verdict = Verdict.none;
    } else if (failing || (record != null && record.policy() != Dmarc.Policy.none)) {
      verdict = Verdict.failed;
    } else {
      verdict = Verdict.none;
    }
    Words words = new Words(from, spf, server, signature, dkim, record);
    return new Authentication(
        verdict,
        words.of(verdict, signed),
        from,
        spf == null ? null : spf.result(),
        signature == null ? "none" : signature.result(),
        switch (dmarc) {
          case Dmarc.Answer.Published any ->
              switch (verdict) {
                case passed -> "pass";
                case failed -> "fail";
                case unknown -> "temperror";
                case none -> spf == null ? null : "fail";
              };
          case Dmarc.Answer.Nothing() -> "none";
          case Dmarc.Answer.Invalid any -> "permerror";
          case Dmarc.Answer.Unknown() -> "temperror";
        });
  }

  private static int weight(String result) {
    return switch (result) {
      case "pass" -> 0;
      case "temperror" -> 1;
      case "fail" -> 2;
      default -> 3;
    };
  }

  /**
   * What a trusted server wrote into the mail; empty where it wrote nothing. Pure.
   *
   * @param servers names (authserv-ids) under which trusted servers write; empty text for a server
   *     that names itself nowhere, as Microsoft's
   */
  public static Optional<Authentication> ofUpstream(
      String from, RawHead head, Collection<String> servers) {
    return AuthenticationResults.trusted(head, servers).map(methods -> ofUpstream(from, methods));
  }

  private static Authentication ofUpstream(
      String from, List<AuthenticationResults.Method> methods) {
    Spf.Result spf =
        methods.stream()
            .filter(method -> method.name().equals("spf"))
            .findFirst()
            .map(SenderVerdict::spf)
            .orElse(null);
    List<DkimVerifier.Result> dkim =
        methods.stream()
            .filter(method -> method.name().equals("dkim") && !method.result().equals("none"))
            .map(SenderVerdict::dkim)
            .toList();
    AuthenticationResults.Method dmarc =
        methods.stream()
            .filter(method -> method.name().equals("dmarc"))
            .filter(method -> {
              String of = method.property("header.from");
              return of.isEmpty() || from.equals(Domains.of(of));
            })
            .findFirst()
            .orElse(null);
    String result = dmarc == null ? "none" : dmarc.result();
    return switch (result) {
      case "pass" -> {
        Authentication own = of(from, spf, dkim, published(Dmarc.Policy.none, from));
        yield own.verdict() == Verdict.passed
            ? own
            : new Authentication(
                Verdict.passed,
                "The mail server that took it found that it is from " + from + ".",
                from,
                own.spf(),
                own.dkim(),
                "pass");
      }
      case "fail" -> {
        Dmarc.Policy policy = policy(dmarc);
        Authentication own = of(from, spf, dkim, published(policy, from));
        Verdict verdict = policy == Dmarc.Policy.none ? Verdict.none : Verdict.failed;
        // Whoever wrote "fail" has weighed it all, also what does not stand in the header.
        yield own.verdict() == Verdict.failed || own.verdict() == verdict
            ? own
            : new Authentication(
                verdict,
                "The mail server that took it could not recognise it as mail of " + from + ".",
                from,
                own.spf(),
                own.dkim(),
                "fail");
      }
      case "temperror" -> of(from, spf, dkim, new Dmarc.Answer.Unknown());
      default -> of(from, spf, dkim, new Dmarc.Answer.Nothing());
    };
  }

  private static Dmarc.Answer published(Dmarc.Policy policy, String from) {
    return new Dmarc.Answer.Published(new Dmarc.Record(from, policy, false, false, 100, null));
  }

  /** Servers name the policy in a comment ({@code p=NONE}), Microsoft's what they did. */
  private static Dmarc.Policy policy(AuthenticationResults.@Nullable Method dmarc) {
    if (dmarc == null) {
      return Dmarc.Policy.none;
    }
    String said = dmarc.comment().toLowerCase(Locale.ROOT) + " ";
    boolean milder =
        said.matches("(?s).*\\bp=none\\b.*") || dmarc.property("action").equalsIgnoreCase("none");
    return milder ? Dmarc.Policy.none : Dmarc.Policy.quarantine;
  }

  private static Spf.Result spf(AuthenticationResults.Method method) {
    String from = method.property("smtp.mailfrom");
    return new Spf.Result(
        method.result(), Domains.of(from.isEmpty() ? method.property("smtp.helo") : from));
  }

  private static DkimVerifier.Result dkim(AuthenticationResults.Method method) {
    String signer = method.property("header.d");
    return new DkimVerifier.Result(
        method.result(),
        Domains.of(signer.isEmpty() ? method.property("header.i") : signer),
        method.result().equals("pass") ? "" : "does not fit");
  }

  /** Says it to somebody who has never heard of SPF. */
  private record Words(
      String from,
      Spf.@Nullable Result spf,
      Spf.@Nullable Result server,
      DkimVerifier.@Nullable Result signature,
      List<DkimVerifier.Result> all,
      Dmarc.@Nullable Record record) {
    String of(Verdict verdict, boolean signed) {
      return switch (verdict) {
        case passed -> signed && signature != null ? signedBy(signature.domain()) : allowed();
        case failed -> capital(sign() + ", and " + cameFrom() + ".") + policy();
        case unknown ->
            "Whether it is from "
                + from
                + " could not be checked: the name servers did not answer.";
        case none -> "Nothing shows whether it is from " + from + ": " + sign() + ".";
      };
    }

    private String signedBy(@Nullable String domain) {
      return from.equals(domain)
          ? "The mail is signed by " + from + ", the domain it names as sender."
          : "The mail is signed by " + domain + ", to which " + from + " belongs.";
    }

    private String allowed() {
      return "It came from a server that may send for " + from + ".";
    }

    private String sign() {
      if (signature != null) {
        return "its signature of " + signature.domain() + " " + signature.words();
      }
      String other =
          all.stream()
              .filter(one -> one.result().equals("pass") && one.domain() != null)
              .map(one -> "it is signed by " + one.domain() + ", not by " + from)
              .findFirst()
              .orElse("it bears no signature of " + from);
      return other;
    }

    private String cameFrom() {
      if (server != null
          && (server.result().equals("fail") || server.result().equals("softfail"))) {
        return "its server may not send for " + from;
      }
      return spf != null && server == null && spf.domain() != null
          ? "it came in the name of " + spf.domain()
          : "its server is not known as one of " + from;
    }

    private String policy() {
      if (record == null) {
        return "";
      }
      return switch (record.policy()) {
        case none -> "";
        case quarantine -> " " + record.at() + " asks for such mail to be treated with suspicion.";
        case reject -> " " + record.at() + " asks for such mail to be refused.";
      };
    }

    private static String capital(String text) {
      return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
  }
}

package dev.shopbell.channels.email.authentication;

import dev.shopbell.platform.dns.Dns;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.james.jspf.core.DNSRequest;
import org.apache.james.jspf.core.DNSService;
import org.apache.james.jspf.core.exceptions.TimeoutException;
import org.apache.james.jspf.impl.SPF;
import org.jspecify.annotations.Nullable;

/** Whether a server may send for a domain (RFC 7208), as Apache James jSPF judges it. */
public final class Spf {
  /** More than any honest record needs: 10 terms, each with up to 10 addresses of its own. */
  private static final int MOST_QUESTIONS = 40;

  private static final int MOST_HOSTS = 10;

  private static final ScopedValue<Questions> ASKED = ScopedValue.newInstance();
  private static final SPF CHECKER = new SPF(new Resolver());

  private Spf() {}

  /**
   * @param result as RFC 8601 names it: pass, fail, softfail, neutral, none, temperror, permerror
   * @param domain whose record was asked; null where there was none to ask
   */
  public record Result(String result, @Nullable String domain) {}

  /**
   * @param ip of the sending server
   * @param from the envelope sender; where it is empty the name in HELO counts
   */
  public static Result check(
      String ip, @Nullable String from, @Nullable String helo, Dns.Lookup dns) {
    String sender = from == null ? "" : from;
    String host = helo == null ? "" : helo;
    String domain = Domains.of(sender.isEmpty() ? host : sender);
    if (domain == null) {
      return new Result("none", null);
    }
    try {
      String result =
          ScopedValue.where(ASKED, new Questions(dns))
              .call(() -> CHECKER.checkSPF(ip, sender, host.isEmpty() ? domain : host).getResult());
      return new Result(result, domain);
    } catch (RuntimeException | StackOverflowError e) {
      // Its patterns are regular expressions, and records are written by strangers.
      return new Result("permerror", domain);
    }
  }

  private static final class Questions {
    private final Dns.Lookup dns;
    private int left = MOST_QUESTIONS;

    Questions(Dns.Lookup dns) {
      this.dns = dns;
    }
  }

  private static final class Resolver implements DNSService {
    @Override
    public @Nullable List<String> getRecords(DNSRequest request) throws TimeoutException {
      Dns.Type type =
          switch (request.getRecordType()) {
            case DNSRequest.A -> Dns.Type.A;
            case DNSRequest.AAAA -> Dns.Type.AAAA;
            case DNSRequest.MX -> Dns.Type.MX;
            case DNSRequest.PTR -> Dns.Type.PTR;
            case DNSRequest.TXT -> Dns.Type.TXT;
            default -> null;
          };
      if (type == null) {
        // The record type SPF was given up by RFC 7208.
        return null;
      }
      Questions questions = ASKED.get();
      if (questions.left-- <= 0) {
        throw new TimeoutException("too many questions");
      }
      return switch (questions.dns.ask(type, request.getHostname())) {
        // The list is emptied by who reads it. RFC 7208 (4.6.4) lets no more hosts be looked at.
        case Dns.Answer.Found(var values) ->
            new ArrayList<>(
                type == Dns.Type.TXT
                    ? values
                    : values.subList(0, Math.min(MOST_HOSTS, values.size())));
        case Dns.Answer.Absent() -> null;
        case Dns.Answer.Failed() -> throw new TimeoutException("no answer");
      };
    }

    @Override
    public CompletionStage<List<String>> getRecordsAsync(DNSRequest request) {
      return CompletableFuture.failedFuture(new UnsupportedOperationException());
    }

    @Override
    public List<String> getLocalDomainNames() {
      return List.of();
    }

    @Override
    public void setTimeOut(int seconds) {
      // Each question bears its own limit.
    }

    @Override
    public int getRecordLimit() {
      return MOST_HOSTS;
    }

    @Override
    public void setRecordLimit(int limit) {
      throw new UnsupportedOperationException();
    }
  }
}

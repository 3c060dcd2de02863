package dev.shopbell.channels.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Inbox;
import dev.shopbell.Mail;
import dev.shopbell.NameServer;
import dev.shopbell.RunningShopbell;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/** Whether a mail is from whom it names, from the wire to what an agent is told. */
@ResourceLock(ShopbellWithDns.ALONE)
class SenderCheckTest {
  private final RunningShopbell shopbell = ShopbellWithDns.SHOPBELL;
  private final NameServer dns = ShopbellWithDns.DNS;
  private final Inbox inbox = new Inbox(shopbell);

  /** What an agent is told of a mail that anybody's server sends. */
  private JsonNode judged(Mail mail) {
    return judged("127.0.0.2", mail);
  }

  /** The same of one that our own relay passes on. */
  private JsonNode relayed(Mail mail) {
    return judged("127.0.0.1", mail);
  }

  private JsonNode judged(String peer, Mail mail) {
    Mail.Reply reply = mail.sendFrom(peer, shopbell.smtpPort());
    assertThat(reply.code()).as(reply.text()).isEqualTo(250);
    inbox.settle();
    String from = mail.raw().replaceAll("(?s)(?:.*?\n)?From: ([^\r]*).*", "$1");
    return inbox.lastMessage(inbox.of(from).getLast().path("id").asLong()).path("authentication");
  }

  private static String verdict(JsonNode authentication) {
    return authentication.path("verdict").asString();
  }

  private JsonNode identity(String address) {
    long customer = shopbell.api().all("/customers?q=" + address).getFirst().path("id").asLong();
    return shopbell.api().get("/customers/" + customer).path("customer").path("identities").get(0);
  }

  @Test
  void aMailThatItsDomainSignedIsFromItsSender() {
    SenderDomain domain =
        new SenderDomain(dns).publishesKey().publishesDmarc("v=DMARC1; p=reject; adkim=s");
    for (String form : List.of(SenderDomain.RELAXED, "c=simple/simple; ", "c=relaxed; ", "")) {
      String from = domain.address();
      JsonNode found =
          judged(domain.signed(domain.mail(from, "Cc: a@b.example,\r\n\tb@c.example"), form));
      assertThat(verdict(found)).as(form + found).isEqualTo("passed");
      assertThat(found.path("dmarc").asString()).isEqualTo("pass");
      assertThat(found.path("reason").asString())
          .isEqualTo("The mail is signed by " + domain.name + ", the domain it names as sender.");
      assertThat(identity(from).path("verified").asBoolean()).isTrue();
    }
  }

  @Test
  void whoNamesAnotherAuthorProvesNothingForThem() {
    SenderDomain domain = new SenderDomain(dns).publishesKey().publishesDmarc("v=DMARC1; p=reject");
    String victim = domain.address();
    Mail mail = domain.mail("noreply@" + domain.name, "Reply-To: " + victim);
    Mail.Reply reply =
        domain.signed(mail, SenderDomain.RELAXED).sendFrom("127.0.0.2", shopbell.smtpPort());
    assertThat(reply.code()).isEqualTo(250);
    inbox.settle();
    JsonNode found =
        inbox.lastMessage(inbox.of(victim).getLast().path("id").asLong()).path("authentication");
    assertThat(verdict(found)).isEqualTo("none");
    assertThat(identity(victim).path("verified").asBoolean()).isFalse();
  }

  @Test
  void whoClaimsToBeAGroupOfTheShopJoinsNobodysConversation() {
    SenderDomain domain = new SenderDomain(dns).publishesKey().publishesDmarc("v=DMARC1; p=reject");
    String victim = domain.address();
    String said = Inbox.messageId();
    new Mail(
            "",
            List.of(Inbox.SHOP),
            "Message-ID: <" + said + ">\r\nFrom: " + victim + "\r\n\r\nMine\r\n")
        .sendFrom("127.0.0.1", shopbell.smtpPort());
    inbox.settle();
    SenderDomain other = new SenderDomain(dns).publishesKey().publishesDmarc("v=DMARC1; p=reject");
    String group = other.address();
    Mail mail =
        other.mail(
            group,
            "List-Post: <mailto:" + Inbox.SHOP + ">",
            "List-Id: <" + group.replace('@', '.') + ">",
            "X-Original-From: " + victim,
            "Reply-To: " + victim,
            "In-Reply-To: <" + said + ">");
    other.signed(mail, SenderDomain.RELAXED).sendFrom("127.0.0.2", shopbell.smtpPort());
    inbox.settle();
    long first = inbox.of(victim).getFirst().path("id").asLong();
    assertThat(shopbell.api().all("/conversations/" + first + "/messages")).hasSize(1);
  }

  @Test
  void aForgeryIsNotAnsweredWhereItAsksToBe() {
    SenderDomain domain = new SenderDomain(dns).publishesKey().publishesDmarc("v=DMARC1; p=reject");
    String victim = domain.address();
    Mail mail = domain.mail(victim, "Reply-To: thief@elsewhere.example");
    assertThat(verdict(judged(mail))).isEqualTo("failed");
    JsonNode conversation = inbox.of(victim).getLast();
    long id = conversation.path("id").asLong();
    assertThat(inbox.lastMessage(id).path("unverified").asBoolean()).isTrue();
    assertThat(shopbell.api().get("/conversations/" + id).path("answering").toString())
        .contains(victim)
        .doesNotContain("thief@elsewhere.example");
  }

  @Test
  void aModernSignatureCountsToo() throws GeneralSecurityException {
    SenderDomain domain = new SenderDomain(dns);
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] encoded = keys.getPublic().getEncoded();
    Base64.Encoder base64 = Base64.getEncoder();
    dns.text(
        "ed._domainkey." + domain.name,
        "v=DKIM1; k=ed25519; p="
            + base64.encodeToString(
                Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)));
    String from = domain.address();
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    String hash =
        base64.encodeToString(sha256.digest("Hello\r\n".getBytes(StandardCharsets.US_ASCII)));
    String tags =
        "v=1; a=ed25519-sha256; c=relaxed/relaxed; d="
            + domain.name
            + "; s=ed; h=from; bh="
            + hash
            + "; b=";
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(keys.getPrivate());
    signature.update(
        sha256.digest(
            ("from:" + from + "\r\ndkim-signature:" + tags).getBytes(StandardCharsets.US_ASCII)));
    Mail mail =
        new Mail(
            "",
            List.of(Inbox.SHOP),
            "DKIM-Signature: "
                + tags
                + base64.encodeToString(signature.sign())
                + "\r\nFrom: "
                + from
                + "\r\nTo: "
                + Inbox.SHOP
                + "\r\n\r\nHello\r\n");
    assertThat(verdict(judged(mail))).isEqualTo("passed");
  }

  @Test
  void whatWasChangedOnItsWayIsToldFromWhatWasSent() {
    SenderDomain domain = new SenderDomain(dns).publishesKey().publishesDmarc("v=DMARC1; p=reject");
    Mail mail = domain.signed(domain.mail(domain.address()));
    JsonNode body = judged(changed(mail, "parcel", "gift card"));
    assertThat(verdict(body)).isEqualTo("failed");
    assertThat(body.path("dkim").asString()).isEqualTo("fail");
    assertThat(body.path("reason").asString())
        .startsWith("Its signature of " + domain.name + " does not fit: the mail was changed")
        .endsWith(domain.name + " asks for such mail to be refused.");
    assertThat(verdict(judged(changed(mail, "Subject: ", "Subject: Urgent ")))).isEqualTo("failed");
  }

  private static Mail changed(Mail mail, String what, String to) {
    return new Mail(
        mail.envelopeFrom(),
        mail.recipients(),
        mail.raw()
            .replace(what, to)
            .replaceAll("Message-ID: <[^>]*>", "Message-ID: <" + Inbox.messageId() + ">"));
  }

  @Test
  void aServerThatTheDomainAllowsVouchesForAnUnsignedMail() {
    SenderDomain allows = new SenderDomain(dns).publishesSpf("v=spf1 ip4:127.0.0.2 -all");
    String from = allows.address();
    JsonNode found = judged(allows.mail(from));
    assertThat(verdict(found)).isEqualTo("passed");
    assertThat(found.path("spf").asString()).isEqualTo("pass");
    assertThat(found.path("dmarc").asString()).isEqualTo("none");
    assertThat(identity(from).path("verified").asBoolean()).isTrue();

    SenderDomain refuses = new SenderDomain(dns).publishesSpf("v=spf1 ip4:192.0.2.1 -all");
    JsonNode refused = judged(refuses.mail(refuses.address()));
    assertThat(verdict(refused)).isEqualTo("failed");
    assertThat(refused.path("reason").asString()).contains("its server may not send for");
  }

  @Test
  void aDomainIsVouchedForByItsOrganisationUnlessItAsksForItself() {
    SenderDomain parent = new SenderDomain(dns).publishesKey();
    parent.publishesDmarc("v=DMARC1; p=reject");
    SenderDomain news = new SenderDomain(dns, "news." + parent.name);
    assertThat(verdict(judged(parent.signed(news.mail(news.address()))))).isEqualTo("passed");
    SenderDomain bills = new SenderDomain(dns, "bills." + parent.name);
    bills.publishesDmarc("v=DMARC1; p=reject; adkim=s");
    assertThat(verdict(judged(parent.signed(bills.mail(bills.address()))))).isEqualTo("failed");
  }

  @Test
  void twoShopsUnderOnePublicSuffixDoNotVouchForEachOther() {
    SenderDomain one = new SenderDomain(dns, Inbox.word() + ".co.uk").publishesKey();
    SenderDomain other = new SenderDomain(dns, Inbox.word() + ".co.uk");
    other.publishesDmarc("v=DMARC1; p=quarantine");
    JsonNode found = judged(one.signed(other.mail(other.address())));
    assertThat(verdict(found)).isEqualTo("failed");
    assertThat(found.path("reason").asString())
        .contains("signed by " + one.name + ", not by " + other.name);
  }

  @Test
  void whoNamesSeveralSendersIsNoneOfThem() {
    SenderDomain domain = new SenderDomain(dns).publishesKey();
    String from = domain.address();
    Mail mail = domain.signed(domain.mail(from));
    Mail twice =
        new Mail("", mail.recipients(), "From: bank@" + Inbox.word() + ".example\r\n" + mail.raw());
    assertThat(twice.sendFrom("127.0.0.2", shopbell.smtpPort()).code()).isEqualTo(250);
    inbox.settle();
    JsonNode newest = shopbell.api().get("/conversations?limit=1").path("items").get(0);
    JsonNode found = inbox.lastMessage(newest.path("id").asLong()).path("authentication");
    assertThat(verdict(found)).isEqualTo("failed");
    assertThat(found.path("reason").asString()).contains("several senders");
  }

  @Test
  void aSignatureOverAPartAndOneThatExpiredCountForNothing() {
    SenderDomain domain = new SenderDomain(dns).publishesKey();
    JsonNode part = judged(domain.signed(domain.mail(domain.address()), "l=5; "));
    assertThat(verdict(part)).isEqualTo("none");
    assertThat(part.path("dkim").asString()).isEqualTo("policy");
    long now = Instant.now().getEpochSecond();
    Mail mail = domain.mail(domain.address());
    assertThat(verdict(judged(domain.signed(mail, "x=" + (now + 600) + "; ")))).isEqualTo("passed");
    // James signs nothing that has expired already.
    String signed = domain.signed(domain.mail(domain.address()), "x=" + (now + 600) + "; ").raw();
    Mail expired =
        new Mail("", mail.recipients(), signed.replace("x=" + (now + 600), "x=" + (now - 600)));
    JsonNode found = judged(expired);
    assertThat(verdict(found)).isEqualTo("none");
    assertThat(found.path("reason").asString()).contains("has expired");
  }

  @Test
  void aDomainThatPublishesNothingLeavesItOpen() {
    SenderDomain domain = new SenderDomain(dns);
    String from = domain.address();
    JsonNode found = judged(domain.mail(from));
    assertThat(verdict(found)).isEqualTo("none");
    assertThat(found.path("spf").asString()).isEqualTo("none");
    assertThat(found.path("dkim").asString()).isEqualTo("none");
    assertThat(identity(from).path("verified").asBoolean()).isFalse();
  }

  @Test
  void mailIsTakenWithinSecondsWhateverTheNameServersDo() {
    SenderDomain domain = new SenderDomain(dns);
    for (String name : List.of("", "_dmarc.", "s1._domainkey.")) {
      dns.silence(name + domain.name);
    }
    Mail mail = domain.signed(domain.mail(domain.address()));
    long start = System.nanoTime();
    JsonNode found = judged(mail);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(9));
    assertThat(verdict(found)).isEqualTo("unknown");
    assertThat(found.path("reason").asString()).contains("name servers did not answer");
  }

  @Test
  void whatAnotherServerClaimsToHaveFoundCountsOnlyFromOurRelayInItsOwnName() {
    String from = Inbox.word() + "@" + Inbox.word() + ".example";
    String passed = "; dmarc=pass header.from=" + from.substring(from.indexOf('@') + 1);
    String ours = "Authentication-Results: mx.shop.example" + passed;
    String stranger = "Authentication-Results: mx.other.example" + passed;
    String failed = ours.replace("dmarc=pass", "dmarc=fail (p=REJECT)");
    SenderDomain any = new SenderDomain(dns);
    assertThat(verdict(judged(any.mail(from, ours)))).isEqualTo("none");
    assertThat(relayed(any.mail(from, stranger)).isNull()).isTrue();
    assertThat(verdict(relayed(any.mail(from, failed, "Received: from x", ours))))
        .isEqualTo("failed");
    assertThat(verdict(relayed(any.mail(from, stranger, ours)))).isEqualTo("passed");
    assertThat(identity(from).path("verified").asBoolean()).isTrue();
  }

  @Test
  void aRelayThatSaysNothingCostsNoQuestionAndASignatureStillCounts() {
    SenderDomain domain = new SenderDomain(dns).publishesKey().publishesSpf("v=spf1 -all");
    int before = dns.questions();
    assertThat(relayed(domain.mail(domain.address())).isNull()).isTrue();
    assertThat(dns.questions()).isEqualTo(before);
    JsonNode signed = relayed(domain.signed(domain.mail(domain.address())));
    assertThat(verdict(signed)).isEqualTo("passed");
    assertThat(signed.path("spf").isNull()).isTrue();
  }

  @Test
  void aForgedCustomerJoinsAConversationOnlyAsAStranger() {
    SenderDomain domain = new SenderDomain(dns).publishesKey().publishesDmarc("v=DMARC1; p=reject");
    String from = domain.address();
    String first = Inbox.messageId();
    assertThat(verdict(judged(domain.signed(domain.mail(from, Inbox.bears(first))))))
        .isEqualTo("passed");
    long id = inbox.only(from);
    assertThat(verdict(judged(domain.mail(from, Inbox.answers(first))))).isEqualTo("failed");
    assertThat(inbox.lastMessage(id).path("unverified").asBoolean()).isTrue();
    judged(domain.signed(domain.mail(from, Inbox.answers(first))));
    assertThat(inbox.lastMessage(id).path("unverified").asBoolean()).isFalse();
  }

  @Test
  void whomAContactFormNamesIsNotVerifiedByTheForm() {
    SenderDomain form = new SenderDomain(dns).publishesKey();
    String customer = Inbox.word() + "@" + Inbox.word() + ".example";
    Mail mail = form.signed(form.mail("no-reply@" + form.name, "Reply-To: " + customer));
    assertThat(mail.sendFrom("127.0.0.2", shopbell.smtpPort()).code()).isEqualTo(250);
    inbox.settle();
    JsonNode found = inbox.lastMessage(inbox.only(customer)).path("authentication");
    assertThat(verdict(found)).isEqualTo("none");
    assertThat(found.path("reason").asString()).contains("sent by " + form.name);
    assertThat(identity(customer).path("verified").asBoolean()).isFalse();
  }
}

package dev.shopbell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What breaks a screen: words without an end, none at all, from right to left, thirty of them. */
final class HostileShop {
  private static final String WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbau";
  private static final String SENTENCE =
      "Everything that is urgent and open, nobody's yet, and waits for longer than it should";

  private HostileShop() {}

  /**
   * Fills a shop with it through the doors that all use, which may not be the shared one.
   *
   * @return the conversations
   */
  static List<Long> fill(RunningShopbell shopbell) {
    Api owner = shopbell.api();
    Inbox inbox = new Inbox(shopbell);
    long brand =
        owner
            .post("/brands", Map.of("name", "Øresund Kræmmerhus & Töchter mbH und Compagnie KG"))
            .path("id")
            .asLong();
    String shop = "a-mailbox-whose-name-goes-on-and-on@subdomain.of.oresund-kraemmerhus.example";
    owner.post("/mailboxes", Map.of("brandId", brand, "address", shop));
    inbox.take(
        Mail.plain(
            "Maximiliane Freifrau von und zu "
                + WORD
                + " <max@"
                + "long-".repeat(10)
                + "x.example>",
            shop,
            WORD.repeat(3),
            "x".repeat(300)
                + "\n\n> "
                + WORD.repeat(4)
                + "\n\nhttps://x.example/"
                + "a".repeat(200)),
        Mail.plain("nobody@customers.example", shop, "", ""),
        Mail.plain(
            "محمد عبد الرحمن <rtl@customers.example>",
            shop,
            "أين طلبي رقم 1234؟",
            "مرحبا، أين طلبي BW-10418؟"),
        Mail.plain("🦄🌈👩‍👩‍👧‍👦 <emoji@customers.example>", shop, "🎉🎉🎉", "❤️🏳️‍🌈👍🏽"),
        Mail.html(
            "wide@customers.example",
            shop,
            "请问我的订单什么时候发货？我已经等了两个星期了非常着急请尽快回复谢谢",
            "<h1>Wide</h1><table width=1800><tr>"
                + "<td nowrap>a cell of many</td>".repeat(20)
                + "</tr></table><pre>"
                + "TypeError ".repeat(40)
                + "</pre><img width=3000 src='https://pictures.example/huge.png' alt='A huge one'>"));
    List<Long> all =
        owner.all("/conversations?brand=" + brand).stream()
            .map(row -> row.path("id").asLong())
            .sorted()
            .toList();
    long first = all.getFirst();
    List<String> tags =
        new ArrayList<>(IntStream.range(0, 28).mapToObj(n -> "tag number " + n).toList());
    tags.add(0, WORD.substring(0, 40));
    tags.add(1, "شحن متأخر");
    owner.put("/conversations/" + first + "/tags", Map.of("tags", tags));
    long team = owner.post("/teams", Map.of("name", WORD, "emoji", "🏳️‍🌈")).path("id").asLong();
    long agent =
        owner
            .post(
                "/agents",
                Map.of(
                    "name",
                    "Wolfgang-Amadeus " + WORD,
                    "email",
                    "wolfgang@" + "long-".repeat(10) + "staff.example",
                    "title",
                    SENTENCE,
                    "role",
                    "agent",
                    "teams",
                    List.of(team)))
            .path("agent")
            .path("id")
            .asLong();
    owner.put("/conversations/" + first + "/assignee", Map.of("agentId", agent, "teamId", team));
    owner.post(
        "/roles",
        Map.of(
            "name", WORD, "explanation", SENTENCE, "permissions", List.of("conversations:read")));
    String field =
        owner
            .post(
                "/fields",
                Map.of("subject", "conversation", "kind", "text", "name", WORD.substring(0, 50)))
            .path("key")
            .asString();
    owner.patch(
        "/conversations/" + first + "/fields", Map.of("fields", Map.of(field, "ü".repeat(200))));
    owner.post("/conversations/" + first + "/notes", Map.of("text", WORD.repeat(6)));
    owner.put(
        "/conversations/" + first + "/links/" + all.getLast(), Map.of("relation", "continues"));
    owner.post("/tokens", Map.of("name", WORD, "scopes", List.of("conversations:read")));
    owner.post(
        "/trusted-senders", Map.of("brandId", brand, "sender", "a".repeat(60) + "@x.example"));
    List<Map<String, Object>> open =
        List.of(Map.of("field", "status", "operator", "is", "values", List.of("open")));
    for (int n = 0; n < 30; n++) {
      owner.post(
          "/views",
          Map.of("name", n == 0 ? SENTENCE.substring(0, 60) : "View " + n, "conditions", open));
    }
    return all;
  }
}

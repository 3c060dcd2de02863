package dev.shopbell.commerce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.shopbell.commerce.ShopConnector.Hook;
import dev.shopbell.commerce.ShopConnector.Label;
import dev.shopbell.commerce.ShopConnector.News;
import dev.shopbell.commerce.ShopUnderTest.Bad;
import dev.shopbell.commerce.ShopUnderTest.Event;
import dev.shopbell.commerce.ShopUnderTest.Knows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every connector keeps when it calls the shop, and when the shop calls us. */
abstract class ShopContactContract extends ShopActionContract {
  protected void troubles(ShopTrouble.Kind kind, ThrowingCallable call) {
    assertThatExceptionOfType(ShopTrouble.class)
        .isThrownBy(call)
        .satisfies(trouble -> {
          assertThat(trouble.kind()).as(trouble.words()).isEqualTo(kind);
          assertThat(trouble.words()).isNotBlank();
          for (ShopLink link : List.of(shop.link(), shop.linkWithWrongKey())) {
            for (String secret : link.credentials().values()) {
              if (!secret.isBlank()) {
                assertThat(trouble.words()).doesNotContain(secret.strip());
              }
            }
          }
        });
  }

  @Test
  void saysWhoTheShopIs() throws ShopTrouble {
    assertThat(connector.kind()).matches("[a-z][a-z_]*");
    assertThat(connector.title()).isNotBlank();
    assertThat(connector.credentials())
        .allSatisfy(credential -> {
          assertThat(credential.key()).matches("[a-z][a-z_]*");
          assertThat(credential.label()).isNotBlank();
          assertThat(credential.help()).isNotBlank();
        });
    ShopConnector.Introduction introduction = connector.introduce(shop.link());
    assertThat(introduction.name()).isNotBlank();
    assertThat(introduction.currency()).matches("[A-Z]{3}");
    assertThat(introduction.missing()).isEmpty();
  }

  @Test
  void saysThatTheKeyIsNotGood() {
    troubles(ShopTrouble.Kind.refused, () -> connector.introduce(shop.linkWithWrongKey()));
    troubles(ShopTrouble.Kind.refused, () -> connector.orders(shop.linkWithWrongKey(), null, null));
  }

  @Test
  void saysWhatTheKeyMayNotDo() throws ShopTrouble {
    String permission = shop.forbidOrders();
    assumeThat(permission).isNotNull();
    assertThat(connector.introduce(shop.link()).missing()).contains(permission);
    assertThatExceptionOfType(ShopTrouble.class)
        .isThrownBy(() -> connector.orders(shop.link(), null, null))
        .satisfies(trouble -> {
          assertThat(trouble.kind()).isEqualTo(ShopTrouble.Kind.not_allowed);
          assertThat(trouble.words()).contains(permission);
        });
  }

  @Test
  void saysThatNobodyAnswers() {
    troubles(ShopTrouble.Kind.unreachable, () -> connector.introduce(shop.linkToNowhere()));
    troubles(
        ShopTrouble.Kind.unreachable, () -> connector.orders(shop.linkToNowhere(), null, null));
  }

  @ParameterizedTest
  @EnumSource(
      value = Bad.class,
      names = {"broken", "senseless", "cut_before", "cut_after"})
  void saysThatTheAnswerIsNoneAndGetsOneTheNextTime(Bad bad) throws ShopTrouble {
    String id = shop.place(wish(line("Beanie", 1, "19.90")));
    shop.nextRead(bad);
    troubles(ShopTrouble.Kind.unreachable, () -> connector.orders(shop.link(), null, null));
    assertThat(connector.orders(shop.link(), null, null).items())
        .extracting(OrderState::externalId)
        .containsExactly(id);
  }

  @Test
  void waitsAsLongAsTheShopAsksTo() {
    shop.nextRead(Bad.throttled);
    assertThatExceptionOfType(ShopTrouble.class)
        .isThrownBy(() -> connector.orders(shop.link(), null, null))
        .satisfies(trouble -> {
          assertThat(trouble.kind()).isEqualTo(ShopTrouble.Kind.throttled);
          assertThat(trouble.retryAfter())
              .isBetween(ShopUnderTest.THROTTLED_FOR, ShopUnderTest.THROTTLED_FOR.multipliedBy(2));
        });
  }

  @Test
  void hasTheShopCallUsOnceForEachAndEndsIt() throws ShopTrouble {
    assumeThat(connector.subscribe(shop.link())).isTrue();
    List<String> once = shop.hookUrls();
    assertThat(once).isNotEmpty().allMatch(url -> url.equals(shop.link().hookUrl()));
    assertThat(connector.subscribe(shop.link())).isTrue();
    assertThat(shop.hookUrls()).hasSameSizeAs(once);
    connector.unsubscribe(shop.link());
    assertThat(shop.hookUrls()).isEmpty();
    connector.unsubscribe(shop.link());
  }

  @Test
  void believesAWebhookOnlyIfTheShopSignedIt() {
    String id = shop.place(wish(line("Beanie", 1, "19.90")));
    Hook hook = shop.webhook(Event.order_changed, id);
    assertThat(connector.verify(shop.link(), hook)).isNotNull();
    assertThat(connector.verify(shop.linkWithOtherHookSecret(), hook)).isNull();
    for (int at = 0; at < hook.body().length; at += 1 + hook.body().length / 50) {
      byte[] body = hook.body().clone();
      body[at] ^= 1;
      assertThat(connector.verify(shop.link(), new Hook(hook.headers(), body))).isNull();
    }
    String signature = hook.header(shop.signatureHeader());
    assertThat(signature).isNotEmpty();
    for (String wrong : List.of("", "x", signature + "x", "AAAA" + signature.substring(4), "=")) {
      Map<String, String> headers = new HashMap<>(hook.headers());
      headers.put(shop.signatureHeader(), wrong);
      assertThat(connector.verify(shop.link(), new Hook(headers, hook.body()))).isNull();
    }
    Map<String, String> none = new HashMap<>(hook.headers());
    none.remove(shop.signatureHeader());
    assertThat(connector.verify(shop.link(), new Hook(none, hook.body()))).isNull();
    assertThat(connector.verify(shop.link(), new Hook(Map.of(), new byte[0]))).isNull();
  }

  @Test
  void knowsARepeatedWebhookByItsLabel() {
    String id = shop.place(wish(line("Beanie", 1, "19.90")));
    Hook hook = shop.webhook(Event.order_changed, id);
    Label first = connector.verify(shop.link(), hook);
    Label repeated = connector.verify(shop.link(), shop.again(hook));
    Label second = connector.verify(shop.link(), shop.webhook(Event.order_changed, id));
    assertThat(first).isNotNull();
    assertThat(repeated).isEqualTo(first);
    assertThat(second).isNotNull();
    if (first.externalId() != null) {
      assertThat(second.externalId()).isNotEqualTo(first.externalId());
    }
  }

  @ParameterizedTest
  @EnumSource(Event.class)
  void readsWhatAWebhookTells(Event event) throws ShopTrouble {
    assumeThat(event != Event.uninstalled || shop.knows().contains(Knows.uninstalling)).isTrue();
    String order = shop.place(wish(line("Beanie", 1, "19.90")));
    String product = shop.offer("Beanie", "19.90", 5, List.of("S")).id();
    String id = event.name().startsWith("order") ? order : product;
    Hook hook = shop.webhook(event, id);
    Label label = connector.verify(shop.link(), hook);
    assertThat(label).isNotNull();
    List<News> news = connector.read(shop.link(), label, hook);
    assertThat(news).hasSize(1);
    switch (news.getFirst()) {
      case News.OrderTouched touched -> {
        assertThat(event).isIn(Event.order_changed, Event.order_removed);
        assertThat(touched.externalId()).isEqualTo(order);
      }
      case News.OrderTold told -> {
        assertThat(event).isEqualTo(Event.order_changed);
        assertThat(told.order()).isEqualTo(read(order));
      }
      case News.OrderRemoved removed -> {
        assertThat(event).isEqualTo(Event.order_removed);
        assertThat(removed.externalId()).isEqualTo(order);
      }
      case News.ProductTouched touched -> {
        assertThat(event).isIn(Event.product_changed, Event.product_removed);
        assertThat(touched.externalId()).isEqualTo(product);
      }
      case News.ProductTold told -> {
        assertThat(event).isEqualTo(Event.product_changed);
        assertThat(told.product().externalId()).isEqualTo(product);
      }
      case News.ProductRemoved removed -> {
        assertThat(event).isEqualTo(Event.product_removed);
        assertThat(removed.externalId()).isEqualTo(product);
      }
      case News.Uninstalled _ -> assertThat(event).isEqualTo(Event.uninstalled);
    }
  }

  @Test
  void saysThatAWebhookMakesNoSense() {
    String id = shop.place(wish(line("Beanie", 1, "19.90")));
    Hook hook = shop.webhook(Event.order_changed, id);
    Label label = connector.verify(shop.link(), hook);
    assertThat(label).isNotNull();
    for (String body : List.of("", "[", "7", "[]", "{\"id\":{}}", "null")) {
      troubles(
          ShopTrouble.Kind.invalid,
          () -> connector.read(shop.link(), label, new Hook(hook.headers(), body.getBytes())));
    }
  }
}

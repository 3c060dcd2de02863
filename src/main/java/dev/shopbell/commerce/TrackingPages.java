package dev.shopbell.commerce;

import dev.shopbell.brands.Brand;
import dev.shopbell.brands.Brands;
import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.ClientAddress;
import dev.shopbell.platform.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Where a shopper sees how their order is: by a link that only they have, or by its number with the
 * address or postcode that it was placed with. No script, no account, nothing that a stranger could
 * learn anything from: what is wrong and what is unknown are answered alike.
 */
@Controller
class TrackingPages {
  private static final int LONGEST = 200;

  private final OrderViews views;
  private final OrderStore store;
  private final TrackingLinks links;
  private final TrackingGuesses guesses;
  private final Brands brands;
  private final ClientAddress address;

  TrackingPages(
      OrderViews views,
      OrderStore store,
      TrackingLinks links,
      TrackingGuesses guesses,
      Brands brands,
      ClientAddress address) {
    this.views = views;
    this.store = store;
    this.links = links;
    this.guesses = guesses;
    this.brands = brands;
    this.address = address;
  }

  /** A scan, or what else is told with its time. */
  record Line(@Nullable String words, ParcelState state, @Nullable String place, String at) {}

  /**
   * @param step how far it has come: 1 packed, 2 on its way, 3 close, 4 there
   * @param link to the carrier's page; null for none
   */
  record Sent(
      ParcelState state,
      int step,
      boolean late,
      @Nullable String carrier,
      @Nullable String number,
      @Nullable String link,
      @Nullable String expected,
      List<Line> lines) {}

  /** What the page of an order shows. */
  record Shown(
      String number,
      String placed,
      boolean cancelled,
      boolean late,
      List<OrderRow.Item> items,
      int further,
      List<Sent> parcels) {}

  @GetMapping("/track")
  @Allow.Anyone(because = "shoppers, who have no account here, look up their order")
  String askForOrder(
      @RequestParam(required = false) @Nullable Long brand,
      Model model,
      HttpServletResponse response) {
    keepPrivate(response);
    model.addAttribute("brand", brand(brand));
    return "commerce/track";
  }

  @PostMapping("/track")
  @Allow.Anyone(because = "shoppers, who have no account here, look up their order")
  String findOrder(
      @RequestParam(required = false) @Nullable Long brand,
      @RequestParam(defaultValue = "") String number,
      @RequestParam(defaultValue = "") String proof,
      Model model,
      HttpServletRequest request,
      HttpServletResponse response) {
    keepPrivate(response);
    Brand shop = brand(brand);
    model.addAttribute("brand", shop);
    model.addAttribute("number", number.length() > LONGEST ? "" : number);
    String key = Orders.numberKey(number.length() > LONGEST ? "" : number);
    String network = ClientAddress.source(address.of(request));
    if (!guesses.take(network, shop.id(), key)) {
      response.setStatus(429);
      response.setHeader(HttpHeaders.RETRY_AFTER, "600");
      model.addAttribute("problem", "track.tooOften");
      return "commerce/track";
    }
    Optional<Order> found =
        proof.length() > LONGEST
            ? Optional.empty()
            : store.byNumber(shop.id(), key).stream()
                .filter(order -> proves(order.state(), proof))
                .findFirst();
    if (found.isEmpty()) {
      model.addAttribute("problem", "track.notFound");
      return "commerce/track";
    }
    return "redirect:" + links.path(found.get().id());
  }

  /** Whether it is the address it was placed with, or the postcode it goes to. */
  private static boolean proves(OrderState state, String proof) {
    String plain = plain(proof);
    PostalAddress to = state.shipTo();
    return !plain.isEmpty()
        && (proof.strip().equalsIgnoreCase(state.buyer().email())
            || (to != null && to.postcode() != null && plain.equals(plain(to.postcode()))));
  }

  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }

  @GetMapping("/track/{token}")
  @Allow.Anyone(because = "shoppers look at their order; the link is signed, and only they have it")
  String showOrder(
      @PathVariable String token, Model model, Locale locale, HttpServletResponse response) {
    keepPrivate(response);
    Order order = links.order(token).flatMap(store::find).orElse(null);
    if (order == null || order.removedAt() != null) {
      response.setStatus(404);
      model.addAttribute("brand", brand(null));
      model.addAttribute("problem", "track.noLink");
      return "commerce/track";
    }
    Brand shop = brands.get(order.brandId());
    model.addAttribute("brand", shop);
    model.addAttribute("order", shown(views.row(order), shop, locale));
    return "commerce/track-order";
  }

  private static Shown shown(OrderRow row, Brand brand, Locale locale) {
    ZoneId zone = ZoneId.of(brand.timeZone());
    DateTimeFormatter day =
        DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(locale).withZone(zone);
    DateTimeFormatter moment =
        DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
            .withLocale(locale)
            .withZone(zone);
    return new Shown(
        row.number(),
        day.format(row.placedAt()),
        row.cancelledAt() != null,
        row.late(),
        row.items(),
        row.itemCount() - row.items().size(),
        row.parcels().stream()
            .filter(parcel -> parcel.state() != ParcelState.cancelled)
            .map(parcel -> sent(parcel, row.late(), day, moment))
            .toList());
  }

  private static Sent sent(
      ParcelView parcel, boolean late, DateTimeFormatter day, DateTimeFormatter moment) {
    Instant expected = parcel.expectedAt();
    int step =
        switch (parcel.state()) {
          case preparing, cancelled -> 1;
          case in_transit, failed -> 2;
          case out_for_delivery, at_pickup, attempted -> 3;
          case delivered, returned -> 4;
        };
    String url = parcel.trackingUrl();
    return new Sent(
        parcel.state(),
        step,
        late && !parcel.state().isOver(),
        parcel.carrier(),
        parcel.trackingNumber(),
        url != null && url.startsWith("https://") ? url : null,
        expected == null || parcel.state().isOver() ? null : day.format(expected),
        parcel.checkpoints().stream()
            .map(one -> new Line(one.words(), one.state(), one.place(), moment.format(one.at())))
            .toList());
  }

  /** The first brand where none is named. */
  private Brand brand(@Nullable Long id) {
    List<Brand> all = brands.all();
    return all.stream()
        .filter(brand -> id == null || brand.id() == id)
        .findFirst()
        .or(() -> all.stream().findFirst())
        .orElseThrow(() -> Problem.notFound("There is no shop here."));
  }

  private static void keepPrivate(HttpServletResponse response) {
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("X-Robots-Tag", "noindex");
  }
}

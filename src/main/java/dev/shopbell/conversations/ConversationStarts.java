package dev.shopbell.conversations;

import dev.shopbell.brands.Brand;
import dev.shopbell.brands.Brands;
import dev.shopbell.customers.Customers;
import dev.shopbell.platform.web.Checked;
import dev.shopbell.platform.web.Problem;
import dev.shopbell.platform.web.Sight;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Begins conversations with people who have not written yet. */
@Component
class ConversationStarts {
  private final Outbox outbox;
  private final Customers customers;
  private final Brands brands;
  private final Clock clock;

  ConversationStarts(Outbox outbox, Customers customers, Brands brands, Clock clock) {
    this.outbox = outbox;
    this.customers = customers;
    this.brands = brands;
    this.clock = clock;
  }

  /**
   * @param brandId may be null where the agent sees one brand only
   * @return the id of the conversation
   */
  @Transactional
  public long byMail(
      Sight sight,
      @Nullable Long brandId,
      Correspondent to,
      String subject,
      Conversations.Reply first) {
    String address =
        Checked.mailAddress("to.address", Objects.requireNonNullElse(to.address(), ""));
    long brand = brandId == null ? onlyBrand(sight) : brands.get(brandId).id();
    Customers.Key key = Customers.Key.email(brand, address);
    Customers.Sighting sighting =
        new Customers.Sighting(key, Addressing.name("to", to.name()), null, false, clock.instant());
    long customer = Objects.requireNonNull(customers.findOrCreate(List.of(sighting)).get(key));
    return outbox.start(sight.agentId(), brand, customer, subject, first);
  }

  private long onlyBrand(Sight sight) {
    List<Brand> all = brands.all().stream().filter(brand -> sight.sees(brand.id())).toList();
    if (all.size() != 1) {
      throw Problem.invalid("brandId", "There are several brands: say which one writes.");
    }
    return all.getFirst().id();
  }
}

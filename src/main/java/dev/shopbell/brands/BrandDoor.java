package dev.shopbell.brands;

import dev.shopbell.platform.web.SightDoor;
import java.util.List;
import org.springframework.stereotype.Component;

/** Lets nobody near a brand that they do not see. */
@Component
class BrandDoor implements SightDoor {
  private final Brands brands;

  BrandDoor(Brands brands) {
    this.brands = brands;
  }

  @Override
  public List<Guard> guards() {
    return List.of(
        Guard.ofNumber(
            "brands", "brand", (sight, id) -> sight.sees(id) && brands.find(id).isPresent()));
  }
}

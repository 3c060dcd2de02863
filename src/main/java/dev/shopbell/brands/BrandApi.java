package dev.shopbell.brands;

import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.Permission;
import dev.shopbell.platform.web.Problem;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/brands")
@Tag(name = "Brands")
class BrandApi {
  private final Brands brands;

  BrandApi(Brands brands) {
    this.brands = brands;
  }

  record NewBrand(String name) {}

  @GetMapping
  @Allow(Permission.CONVERSATIONS_READ)
  Page<Brand> listBrands(Caller caller) {
    return Page.whole(
        brands.all().stream().filter(brand -> caller.sight().sees(brand.id())).toList());
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Allow(Permission.BRANDS_MANAGE)
  Brand createBrand(@RequestBody NewBrand brand, Caller caller) {
    if (caller.sight().brands() != null) {
      throw Problem.forbidden(
          "You see some brands only: somebody who sees all of them can add one.");
    }
    return brands.create(caller.actor(), brand.name());
  }

  @PatchMapping("/{id}")
  @Allow(Permission.BRANDS_MANAGE)
  Brand changeBrand(@PathVariable long id, @RequestBody Brands.Change change, Caller caller) {
    return brands.change(caller.actor(), id, change);
  }
}

package dev.shopbell.customers;

import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Cursor;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.Permission;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/customers")
@Tag(name = "Customers")
class CustomerApi {
  private final Customers customers;

  CustomerApi(Customers customers) {
    this.customers = customers;
  }

  record CustomerChange(String name) {}

  @GetMapping
  @Allow(Permission.CONVERSATIONS_READ)
  Page<Customer> listCustomers(
      @RequestParam(required = false) @Nullable String q,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor,
      Caller caller) {
    return customers.list(q, Page.limit(limit), Cursor.parse(cursor, 1), caller.sight());
  }

  @GetMapping("/{id}")
  @Allow(Permission.CONVERSATIONS_READ)
  Customers.Panel readCustomer(@PathVariable long id, Caller caller) {
    return customers.panel(id, caller.sight());
  }

  @PatchMapping("/{id}")
  @Allow(Permission.CUSTOMERS_CHANGE)
  Customers.CustomerWithIdentities changeCustomer(
      @PathVariable long id, @RequestBody CustomerChange change, Caller caller) {
    return customers.rename(caller.actor(), id, change.name());
  }
}

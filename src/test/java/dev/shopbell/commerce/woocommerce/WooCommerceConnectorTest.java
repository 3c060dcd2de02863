package dev.shopbell.commerce.woocommerce;

import dev.shopbell.commerce.ShopConnectorContract;
import dev.shopbell.commerce.ShopUnderTest;

class WooCommerceConnectorTest extends ShopConnectorContract {
  @Override
  protected ShopUnderTest open() {
    return new WooShop();
  }
}

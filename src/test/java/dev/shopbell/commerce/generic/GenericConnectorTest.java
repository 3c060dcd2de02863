package dev.shopbell.commerce.generic;

import dev.shopbell.commerce.ShopConnectorContract;
import dev.shopbell.commerce.ShopUnderTest;

class GenericConnectorTest extends ShopConnectorContract {
  @Override
  protected ShopUnderTest open() {
    return new GenericShop();
  }
}

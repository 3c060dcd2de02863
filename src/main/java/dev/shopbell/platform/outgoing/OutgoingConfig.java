package dev.shopbell.platform.outgoing;

import dev.shopbell.platform.Settings;
import java.net.InetAddress;
import javax.net.ssl.SSLSocketFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OutgoingConfig {
  @Bean
  InternalAddresses internalAddresses(Settings settings) {
    return new InternalAddresses(settings.allowInternalHosts(), InetAddress::getAllByName);
  }

  @Bean
  GuardedHttp guardedHttp(InternalAddresses addresses) {
    return new GuardedHttp(addresses, (SSLSocketFactory) SSLSocketFactory.getDefault());
  }
}

package dev.shopbell.platform;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(Settings.class)
@EnableScheduling
class PlatformConfig {
  /**
   * Ticks in microseconds, as PostgreSQL stores them, so that what is written reads back the same.
   */
  @Bean
  Clock clock() {
    return Clock.tick(Clock.system(ZoneOffset.UTC), Duration.ofNanos(1000));
  }
}

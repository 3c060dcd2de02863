package dev.shopbell.platform.files;

import dev.shopbell.platform.Settings;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(S3Settings.class)
class FilesConfig {
  @Bean
  FileStore fileStore(Settings settings, S3Settings s3) {
    return FileStore.of(settings, s3);
  }
}

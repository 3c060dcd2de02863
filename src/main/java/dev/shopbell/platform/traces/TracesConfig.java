package dev.shopbell.platform.traces;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Traces go out where {@code SHOPBELL_TRACES_URL} names a collector. */
@Configuration(proxyBeanMethods = false)
class TracesConfig {
  private static final String URL = "shopbell.traces-url";

  /** {@code ConditionalOnProperty} cannot tell an empty value from any other. */
  static final class Wanted implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return !context.getEnvironment().getProperty(URL, "").isBlank();
    }
  }

  @Bean
  @Conditional(Wanted.class)
  TraceExport traces(Environment environment) {
    return new TraceExport(environment.getRequiredProperty(URL));
  }
}

package dev.shopbell.platform.web;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import java.util.TreeMap;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The description of the API, generated from the endpoints. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfig {
  static {
    SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class);
  }

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Shopbell")
                .version("1")
                .description(
                    "Everything the desk does, it does through this API. Lists are pages: follow `next` as"
                        + " `cursor`. Refusals are problem+json, their `detail` is written for people. A POST"
                        + " with an `Idempotency-Key` can be repeated safely for a day.")
                .license(new License().name("Apache-2.0")))
        .servers(List.of(new Server().url("/")))
        .components(
            new Components()
                .addSecuritySchemes(
                    "token", new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer"))
                .addSecuritySchemes(
                    "session",
                    new SecurityScheme()
                        .type(SecurityScheme.Type.APIKEY)
                        .in(SecurityScheme.In.COOKIE)
                        .name("shopbell_session"))
                .addSchemas("Problem", problem()));
  }

  private static Schema<?> problem() {
    return new ObjectSchema()
        .addProperty("title", new StringSchema())
        .addProperty("status", new io.swagger.v3.oas.models.media.IntegerSchema())
        .addProperty("detail", new StringSchema().description("Written for people."))
        .addProperty("instance", new StringSchema());
  }

  /** Says at each endpoint who may call it, and that it may refuse. */
  @Bean
  OperationCustomizer sayWhoMayCall() {
    return (operation, endpoint) -> {
      Allow allow = endpoint.getMethodAnnotation(Allow.class);
      if (!endpoint.hasMethodAnnotation(Allow.Anyone.class)) {
        operation.addSecurityItem(new SecurityRequirement().addList("token"));
        operation.addSecurityItem(new SecurityRequirement().addList("session"));
      }
      if (allow != null) {
        operation.addExtension("x-permission", allow.value().key());
      }
      operation
          .getResponses()
          .addApiResponse(
              "default",
              new ApiResponse()
                  .description("A refusal")
                  .content(
                      new Content()
                          .addMediaType(
                              "application/problem+json",
                              new MediaType()
                                  .schema(new Schema<>().$ref("#/components/schemas/Problem")))));
      if (endpoint.hasMethodAnnotation(org.springframework.web.bind.annotation.PostMapping.class)) {
        operation.addParametersItem(
            new HeaderParameter()
                .name("Idempotency-Key")
                .schema(new StringSchema().maxLength(200))
                .required(false));
      }
      return operation;
    };
  }

  /** In an order that does not change from build to build. */
  @Bean
  OpenApiCustomizer sorted() {
    return api -> {
      io.swagger.v3.oas.models.Paths paths = new io.swagger.v3.oas.models.Paths();
      new TreeMap<>(api.getPaths()).forEach(paths::addPathItem);
      api.setPaths(paths);
      api.getComponents().setSchemas(new TreeMap<>(api.getComponents().getSchemas()));
    };
  }
}

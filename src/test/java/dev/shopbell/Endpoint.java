package dev.shopbell;

import java.util.ArrayList;
import java.util.List;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** An endpoint of ours, for tests that walk all of them. */
record Endpoint(String method, String path, HandlerMethod handler) {
  static List<Endpoint> all(RunningShopbell shopbell) {
    RequestMappingHandlerMapping mapping =
        shopbell.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
    List<Endpoint> endpoints = new ArrayList<>();
    mapping
        .getHandlerMethods()
        .forEach((info, handler) -> {
          if (handler.getBeanType().getName().startsWith("dev.shopbell.")) {
            String method = info.getMethodsCondition().getMethods().iterator().next().name();
            info.getPatternValues()
                .forEach(path -> endpoints.add(new Endpoint(method, path, handler)));
          }
        });
    return endpoints;
  }

  /** The path with ids that nothing has. */
  String call() {
    return path.replace("/api/v1", "")
        .replaceAll("\\{token}", "none")
        .replaceAll("\\{[^}]+}", "999999999");
  }

  boolean isMultipart() {
    return path.endsWith("/uploads") || path.endsWith("/face") || path.endsWith("/logo");
  }
}

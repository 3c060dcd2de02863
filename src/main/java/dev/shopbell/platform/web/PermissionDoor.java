package dev.shopbell.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * The one door to every endpoint: reads its {@link Allow}, asks the {@link SightDoor}s about the
 * ids in its path, and lets the caller in, or not.
 */
@Component
class PermissionDoor implements HandlerInterceptor, HandlerMethodArgumentResolver {
  private static final Pattern ID = Pattern.compile("([^/{}]+)/\\{([^}]+)}");

  private final Supplier<Map<String, SightDoor.Guard>> guards;

  PermissionDoor(ObjectProvider<SightDoor> doors) {
    guards =
        SingletonSupplier.of(() ->
            doors.stream()
                .flatMap(door -> door.guards().stream())
                .collect(Collectors.toMap(SightDoor.Guard::segment, Function.identity())));
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (!(handler instanceof HandlerMethod endpoint)
        || !endpoint.getBeanType().getName().startsWith("dev.shopbell.")) {
      return true;
    }
    if (endpoint.hasMethodAnnotation(ShownOnce.class)) {
      request.setAttribute(ShownOnce.ATTRIBUTE, true);
    }
    if (endpoint.hasMethodAnnotation(Allow.Anyone.class)) {
      return true;
    }
    if (!(request.getAttribute(Caller.ATTRIBUTE) instanceof Caller caller)) {
      throw Problem.notSignedIn("Sign in first, or send a bearer token.");
    }
    Allow allow = endpoint.getMethodAnnotation(Allow.class);
    Allow.SignedIn own = endpoint.getMethodAnnotation(Allow.SignedIn.class);
    if (allow == null && own == null) {
      throw Problem.forbidden("This endpoint answers nobody.");
    }
    if (caller.settingUp() && (own == null || !own.settingUp())) {
      throw Problem.forbidden("Set up a second step for signing in first: your desk requires one.");
    }
    if (allow != null && !caller.may(allow.value())) {
      throw Problem.forbidden(
          "This needs the permission “" + allow.value().key() + "”, which you do not have.");
    }
    if (!caller.sight().everything()) {
      checkSight(request, caller.sight());
    }
    return true;
  }

  @SuppressWarnings("unchecked")
  private void checkSight(HttpServletRequest request, Sight sight) {
    Map<String, String> ids =
        (Map<String, String>)
            Objects.requireNonNull(
                request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE));
    Matcher path =
        ID.matcher(
            String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)));
    while (path.find()) {
      SightDoor.Guard guard = guards.get().get(path.group(1));
      String id = ids.get(path.group(2));
      if (guard != null && id != null && !guard.sees().test(sight, id)) {
        throw Problem.notFound("There is no " + guard.noun() + " " + id + ".");
      }
    }
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Caller.class;
  }

  @Override
  public @Nullable Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders) {
    return request.getAttribute(Caller.ATTRIBUTE, NativeWebRequest.SCOPE_REQUEST);
  }
}

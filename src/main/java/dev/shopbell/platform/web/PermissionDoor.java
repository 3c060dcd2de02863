package dev.shopbell.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerInterceptor;

/** The one door to every endpoint: reads its {@link Allow} and lets the caller in, or not. */
@Component
class PermissionDoor implements HandlerInterceptor, HandlerMethodArgumentResolver {
  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (!(handler instanceof HandlerMethod endpoint)
        || !endpoint.getBeanType().getName().startsWith("dev.shopbell.")) {
      return true;
    }
    if (endpoint.hasMethodAnnotation(Allow.Anyone.class)) {
      return true;
    }
    if (!(request.getAttribute(Caller.ATTRIBUTE) instanceof Caller caller)) {
      throw Problem.notSignedIn("Sign in first, or send a bearer token.");
    }
    if (endpoint.hasMethodAnnotation(Allow.SignedIn.class)) {
      return true;
    }
    Allow allow = endpoint.getMethodAnnotation(Allow.class);
    if (allow == null) {
      throw Problem.forbidden("This endpoint answers nobody.");
    }
    if (!caller.may(allow.value())) {
      throw Problem.forbidden(
          "This needs the permission “" + allow.value().key() + "”, which you do not have.");
    }
    return true;
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

package dev.shopbell.platform.web;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/** Refuses a body that leaves out what its record does not mark as nullable, naming the field. */
@ControllerAdvice
class RequiredInput extends RequestBodyAdviceAdapter {
  @Override
  public boolean supports(
      MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converter) {
    return parameter.getParameterType().isRecord();
  }

  @Override
  public Object afterBodyRead(
      @Nullable Object body,
      HttpInputMessage message,
      MethodParameter parameter,
      Type type,
      Class<? extends HttpMessageConverter<?>> converter) {
    if (body == null) {
      throw Problem.invalid("body", "The body is missing: it says null.");
    }
    check("", body);
    return body;
  }

  private static void check(String path, Object body) {
    for (RecordComponent component : body.getClass().getRecordComponents()) {
      Object value = read(component, body);
      String name = path + component.getName();
      if (value == null) {
        if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
          throw Problem.invalid(name, "“" + name + "” is missing.");
        }
      } else if (value.getClass().isRecord()) {
        check(name + ".", value);
      } else if (value instanceof List<?> list) {
        checkEach(name, list);
      }
    }
  }

  private static void checkEach(String name, List<?> list) {
    for (int i = 0; i < list.size(); i++) {
      Object entry = list.get(i);
      if (entry == null) {
        throw Problem.invalid(name, "“" + name + "” holds an empty entry.");
      }
      if (entry.getClass().isRecord()) {
        check(name + "[" + i + "].", entry);
      }
    }
  }

  private static @Nullable Object read(RecordComponent component, Object body) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(body);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}

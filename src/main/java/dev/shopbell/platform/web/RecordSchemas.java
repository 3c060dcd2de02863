package dev.shopbell.platform.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Says of records what their types say: a component is required, unless it is marked as nullable,
 * and then it may be null.
 */
@Component
class RecordSchemas implements ModelConverter {
  @Override
  public @Nullable Schema<?> resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
    Schema<?> schema = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
    JavaType javaType = Json31.mapper().constructType(type.getType());
    if (schema == null || javaType == null || !javaType.getRawClass().isRecord()) {
      return schema;
    }
    Schema<?> defined =
        schema.get$ref() == null
            ? schema
            : context.getDefinedModels().get(schema.get$ref().replaceAll(".*/", ""));
    if (defined != null && defined.getProperties() != null) {
      describe(javaType.getRawClass(), defined, context);
    }
    return schema;
  }

  @SuppressWarnings({"rawtypes", "unchecked"})
  private static void describe(Class<?> record, Schema<?> schema, ModelConverterContext context) {
    Map<String, Schema> properties = schema.getProperties();
    Set<String> required =
        new LinkedHashSet<>(schema.getRequired() == null ? List.of() : schema.getRequired());
    for (RecordComponent component : record.getRecordComponents()) {
      Schema property = properties.get(component.getName());
      if (component.isAnnotationPresent(JsonUnwrapped.class)
          || component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
        Schema<?> part = context.getDefinedModels().get(component.getType().getSimpleName());
        if (part != null && part.getProperties() != null) {
          part.getProperties().forEach(properties::putIfAbsent);
        }
        describe(component.getType(), schema, context);
        required.addAll(schema.getRequired());
      } else if (property == null) {
        continue;
      } else if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        required.add(component.getName());
      } else if (property.get$ref() != null) {
        properties.put(
            component.getName(),
            new Schema().anyOf(List.of(new Schema().$ref(property.get$ref()), nothing())));
      } else if (property.getTypes() != null) {
        Set<String> types = new LinkedHashSet<>(property.getTypes());
        types.add("null");
        property.setTypes(types);
      }
    }
    schema.setRequired(List.copyOf(required));
  }

  private static Schema<?> nothing() {
    Schema<?> nothing = new Schema<>();
    nothing.setTypes(Set.of("null"));
    return nothing;
  }
}

package io.aipaging.sbi;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedConstructor;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/**
 * Reads the nullness of record components: what is not marked {@code @Nullable} must be present and
 * not null, and collections hold no nulls.
 */
public final class NullnessIntrospector extends JacksonAnnotationIntrospector {
  private static final long serialVersionUID = 1L;

  @Override
  public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
    RecordComponent component = componentOf(member);
    return component == null
        ? super.hasRequiredMarker(member)
        : Boolean.valueOf(required(component));
  }

  @Override
  public JsonSetter.Value findSetterInfo(Annotated annotated) {
    RecordComponent component = componentOf(annotated);
    if (component == null) {
      return super.findSetterInfo(annotated);
    }
    return JsonSetter.Value.construct(required(component) ? Nulls.FAIL : Nulls.SET, Nulls.FAIL);
  }

  private static boolean required(RecordComponent component) {
    return !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private static @Nullable RecordComponent componentOf(Annotated annotated) {
    if (annotated instanceof AnnotatedParameter parameter
        && parameter.getDeclaringClass().isRecord()) {
      RecordComponent[] components = parameter.getDeclaringClass().getRecordComponents();
      if (parameter.getOwner() instanceof AnnotatedConstructor constructor
          && constructor.getParameterCount() == components.length) {
        return components[parameter.getIndex()];
      }
    }
    return null;
  }
}

package net.insightpulseai.bridge.start;

import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.validation.ValidationBindHandler;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.validation.annotation.Validated;
import org.springframework.validation.beanvalidation.SpringValidatorAdapter;

/** Reads each section of the settings by itself. What is read is thrown away. */
final class SectionBinding {

  private final Binder binder;

  SectionBinding(Binder binder) {
    this.binder = binder;
  }

  void check(List<Class<?>> sections, Faults faults) {
    // Spring's own validator needs messages of the context, which is not ready.
    try (ValidatorFactory validators = Validation.buildDefaultValidatorFactory()) {
      SpringValidatorAdapter validator = new SpringValidatorAdapter(validators.getValidator());
      for (Class<?> section : sections) {
        faults.attempt(() -> read(section, validator));
      }
    }
  }

  private void read(Class<?> section, SpringValidatorAdapter validator) {
    ConfigurationProperties annotation =
        Objects.requireNonNull(
            AnnotationUtils.findAnnotation(section, ConfigurationProperties.class));
    Bindable<?> target = Bindable.of(section);
    if (section.isAnnotationPresent(Validated.class)) {
      binder.bindOrCreate(annotation.value(), target, new ValidationBindHandler(validator));
    } else {
      binder.bindOrCreate(annotation.value(), target);
    }
  }
}

package net.insightpulseai.bridge.routecheck;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.annotation.ConfigurationClassPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.ClassUtils;
import org.springframework.web.context.support.GenericWebApplicationContext;

/** The bean definitions of the whole bridge, read without starting it. */
public final class DeclaredBeans {

  private static final String APPLICATION = "net.insightpulseai.bridge.BridgeApplication";

  private DeclaredBeans() {}

  /**
   * Finds every component and every auto-configuration that the settings call for. No bean is made.
   *
   * @param environment decides which are left out
   */
  public static ConfigurableListableBeanFactory of(ConfigurableEnvironment environment) {
    GenericWebApplicationContext context = new GenericWebApplicationContext();
    context.setEnvironment(environment);
    new AnnotatedBeanDefinitionReader(context, environment)
        .register(ClassUtils.resolveClassName(APPLICATION, null));
    ConfigurationClassPostProcessor reader = new ConfigurationClassPostProcessor();
    reader.setEnvironment(environment);
    reader.setResourceLoader(context);
    reader.setBeanClassLoader(DeclaredBeans.class.getClassLoader());
    reader.postProcessBeanDefinitionRegistry(context.getDefaultListableBeanFactory());
    return context.getDefaultListableBeanFactory();
  }
}

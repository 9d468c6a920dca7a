package net.insightpulseai.bridge.http;

import org.springframework.boot.autoconfigure.condition.ConditionalOnThreading;
import org.springframework.boot.autoconfigure.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * The threads that HTTP routes run on: as many as requests are admitted, so that none ever queues.
 */
@Configuration(proxyBeanMethods = false)
class RouteExecutor {

  private static final String NAME = "applicationTaskExecutor";
  private static final String THREADS = "route-";
  private static final int KEPT = 16;
  // A permit is released shortly before its thread is free.
  private static final int FINISHING = 32;

  @Bean(NAME)
  @ConditionalOnThreading(Threading.PLATFORM)
  ThreadPoolTaskExecutor pooledThreads(Admission admission) {
    ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
    executor.setThreadNamePrefix(THREADS);
    executor.setCorePoolSize(KEPT);
    executor.setMaxPoolSize(admission.requests() + FINISHING);
    executor.setQueueCapacity(0);
    return executor;
  }

  @Bean(NAME)
  @ConditionalOnThreading(Threading.VIRTUAL)
  SimpleAsyncTaskExecutor virtualThreads() {
    SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor(THREADS);
    executor.setVirtualThreads(true);
    return executor;
  }
}

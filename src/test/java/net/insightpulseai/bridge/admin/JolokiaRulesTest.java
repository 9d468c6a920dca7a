package net.insightpulseai.bridge.admin;

import static org.assertj.core.api.Assertions.assertThat;

import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

class JolokiaRulesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "org.apache.camel:context=c,type=context,name=\"c\"    | sendBody",
        "org.apache.camel:context=c,type=context,name=\"c\"    | sendStringBody",
        "org.apache.camel:context=c,type=context,name=\"c\"    | requestBodyAndHeaders",
        "org.apache.camel:context=c,type=context,name=\"c\"    | createEndpoint",
        "org.apache.camel:context=c,type=context,name=\"c\"    | removeEndpoints",
        "org.apache.camel:context=c,type=context,name=\"c\"    | stop",
        "org.apache.camel:context=c,type=context,name=\"c\"    | suspend",
        "org.apache.camel:context=c,type=routes,name=\"r\"     | updateRouteFromXml",
        "org.apache.camel:context=c,type=routes,name=\"r\"     | remove",
        "org.apache.camel:context=c,type=processors,name=\"p\" | disable",
        "org.apache.camel:context=c,type=endpoints,name=\"e\"  | browseAllMessagesAsXml",
        "org.apache.camel:context=c,type=services,name=DefaultAsyncProcessorAwaitManager | interrupt",
        "org.apache.camel:context=c,type=services,name=Other   | browse",
        "com.sun.management:type=DiagnosticCommand             | jvmtiAgentLoad",
        "com.sun.management:type=HotSpotDiagnostic             | dumpHeap",
        "java.util.logging:type=Logging                        | setLoggerLevel",
        "Tomcat:type=Service                                   | stop",
        "java.lang:type=Threading                              | resetPeakThreadCount",
      })
  void whatSendsLoadsWritesOrStopsIsRefused(String bean, String operation) throws Exception {
    assertThat(JolokiaRules.isOperationAllowed(new ObjectName(bean), operation, Role.OPERATOR))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "org.apache.camel:context=c,type=context,name=\"c\"    | dumpRoutesAsXml",
        "org.apache.camel:context=c,type=context,name=\"c\"    | dumpRoutesStatsAsXml(boolean,boolean)",
        "org.apache.camel:context=c,type=routes,name=\"r\"     | stop()",
        "org.apache.camel:context=c,type=routes,name=\"r\"     | dumpRouteStatsAsXml(boolean,boolean)",
        "bridge:type=Outbox                                    | requeue(long,java.lang.String)",
        "java.lang:type=Threading                              | dumpAllThreads(boolean,boolean)",
        "org.apache.camel:context=c,type=services,name=DefaultInflightRepository          | browse()",
        "org.apache.camel:context=c,type=services,name=DefaultAsyncProcessorAwaitManager  | browse()",
      })
  void lookingAndSteeringSingleRoutesIsAllowed(String bean, String operation) throws Exception {
    assertThat(JolokiaRules.isOperationAllowed(new ObjectName(bean), operation, Role.OPERATOR))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "org.apache.camel:context=c,type=routes,name=\"r\"     | stop()           | false",
        "org.apache.camel:context=c,type=routes,name=\"r\"     | suspend          | false",
        "org.apache.camel:context=c,type=routes,name=\"r\"     | reset            | false",
        "org.apache.camel:context=c,type=processors,name=\"p\" | reset            | false",
        "bridge:type=Outbox                                    | pause            | false",
        "bridge:type=DeadLetters                               | requeueMatching  | false",
        "bridge:type=Routes                                    | reload           | false",
        "bridge:type=Subscribers                               | test             | false",
        "bridge:type=Replay                                    | start            | false",
        "bridge:type=Outbox                                    | showCounts       | true",
        "bridge:type=Replay                                    | count            | true",
        "org.apache.camel:context=c,type=routes,name=\"r\"     | dumpRouteAsXml() | true",
      })
  void aViewerSeesAndChangesNothing(String bean, String operation, boolean allowed)
      throws Exception {
    assertThat(JolokiaRules.isOperationAllowed(new ObjectName(bean), operation, Role.VIEWER))
        .isEqualTo(allowed);
    assertThat(JolokiaRules.isOperationAllowed(new ObjectName(bean), operation, Role.OPERATOR))
        .isTrue();
  }

  @Test
  void whoIsNotKnownIsAViewerAtMost() throws Exception {
    assertThat(new JolokiaRules().isOperationAllowed(new ObjectName("bridge:type=Outbox"), "pause"))
        .isFalse();
  }

  @AfterEach
  void logOut() {
    SecurityContextHolder.clearContext();
  }

  private static void logIn(Role role) {
    SecurityContextHolder.getContext()
        .setAuthentication(
            UsernamePasswordAuthenticationToken.authenticated("x", null, role.authorities()));
  }

  @Test
  void onlyTheBridgesOwnAttributesAreWrittenAndOnlyByAnOperator() throws Exception {
    JolokiaRules rules = new JolokiaRules();
    ObjectName own = new ObjectName("bridge:type=Outbox");
    logIn(Role.OPERATOR);
    assertThat(rules.isAttributeWriteAllowed(new ObjectName("java.lang:type=Memory"), "Verbose"))
        .isFalse();
    assertThat(rules.isAttributeWriteAllowed(own, "Any")).isTrue();
    logIn(Role.VIEWER);
    assertThat(rules.isAttributeWriteAllowed(own, "Any")).isFalse();
  }

  @Test
  void whatTheJvmWasStartedWithIsForTheOperator() throws Exception {
    JolokiaRules rules = new JolokiaRules();
    ObjectName runtime = new ObjectName("java.lang:type=Runtime");
    logIn(Role.VIEWER);
    assertThat(rules.isAttributeReadAllowed(runtime, "Uptime")).isTrue();
    assertThat(rules.isAttributeReadAllowed(runtime, "SystemProperties")).isFalse();
    assertThat(rules.isAttributeReadAllowed(runtime, "InputArguments")).isFalse();
    logIn(Role.OPERATOR);
    assertThat(rules.isAttributeReadAllowed(runtime, "InputArguments")).isTrue();
  }
}

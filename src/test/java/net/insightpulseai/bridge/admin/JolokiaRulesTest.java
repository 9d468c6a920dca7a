package net.insightpulseai.bridge.admin;

import static org.assertj.core.api.Assertions.assertThat;

import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        "com.sun.management:type=DiagnosticCommand             | jvmtiAgentLoad",
        "com.sun.management:type=HotSpotDiagnostic             | dumpHeap",
        "java.util.logging:type=Logging                        | setLoggerLevel",
        "Tomcat:type=Service                                   | stop",
        "java.lang:type=Threading                              | resetPeakThreadCount",
      })
  void whatSendsLoadsWritesOrStopsIsRefused(String bean, String operation) throws Exception {
    assertThat(new JolokiaRules().isOperationAllowed(new ObjectName(bean), operation)).isFalse();
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
      })
  void lookingAndSteeringSingleRoutesIsAllowed(String bean, String operation) throws Exception {
    assertThat(new JolokiaRules().isOperationAllowed(new ObjectName(bean), operation)).isTrue();
  }

  @Test
  void onlyTheBridgesOwnAttributesAreWritten() throws Exception {
    JolokiaRules rules = new JolokiaRules();

    assertThat(rules.isAttributeWriteAllowed(new ObjectName("java.lang:type=Memory"), "Verbose"))
        .isFalse();
    assertThat(rules.isAttributeWriteAllowed(new ObjectName("bridge:type=Outbox"), "Any")).isTrue();
  }
}

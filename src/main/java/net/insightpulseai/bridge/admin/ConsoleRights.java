package net.insightpulseai.bridge.admin;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.springframework.jmx.export.annotation.ManagedOperation;
import org.springframework.jmx.export.annotation.ManagedOperationParameter;
import org.springframework.jmx.export.annotation.ManagedResource;
import org.springframework.stereotype.Component;

/**
 * Tells Hawtio which operations {@link JolokiaRules} refuses to the caller, so that it does not
 * offer them. Hawtio looks for an MBean of this name with these operations.
 */
@Component
@ManagedResource(
    objectName = "hawtio:type=security,area=jmx,name=BridgeRights",
    description = "Which operations the logged-in user may call")
public class ConsoleRights {

  private static final String COLUMN = "CanInvoke";

  @ManagedOperation(description = "Whether there may be something to call")
  @ManagedOperationParameter(name = "objectName", description = "the name of an MBean")
  public boolean canInvoke(String objectName) {
    return true;
  }

  @ManagedOperation(description = "Whether an operation may be called")
  @ManagedOperationParameter(name = "objectName", description = "the name of an MBean")
  @ManagedOperationParameter(name = "operation", description = "the name of its operation")
  public boolean canInvoke(String objectName, String operation)
      throws MalformedObjectNameException {
    return JolokiaRules.isOperationAllowed(new ObjectName(objectName), operation, Role.ofCaller());
  }

  @ManagedOperation(description = "Whether an operation may be called")
  @ManagedOperationParameter(name = "objectName", description = "the name of an MBean")
  @ManagedOperationParameter(name = "operation", description = "the name of its operation")
  @ManagedOperationParameter(name = "types", description = "the types of its arguments")
  public boolean canInvoke(String objectName, String operation, String[] types)
      throws MalformedObjectNameException {
    ObjectName bean = new ObjectName(objectName);
    // Hawtio asks with the name of the setter whether an attribute may be changed.
    return operation.startsWith("set")
        ? new JolokiaRules().isAttributeWriteAllowed(bean, operation.substring("set".length()))
        : canInvoke(objectName, operation);
  }

  @ManagedOperation(description = "Whether each of these operations may be called")
  @ManagedOperationParameter(name = "asked", description = "operations by the names of MBeans")
  public Map<String, Map<String, Map<String, Boolean>>> canInvoke(Map<String, List<String>> asked)
      throws MalformedObjectNameException {
    Map<String, Map<String, Map<String, Boolean>>> answers = new HashMap<>();
    for (Map.Entry<String, List<String>> bean : asked.entrySet()) {
      for (String operation : bean.getValue()) {
        answers
            .computeIfAbsent(bean.getKey(), name -> new HashMap<>())
            .put(operation, Map.of(COLUMN, canInvoke(bean.getKey(), operation)));
      }
    }
    return answers;
  }
}

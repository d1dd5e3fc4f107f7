package io.millrace.wire.kafkabroker;

import java.net.URL;
import java.net.URLClassLoader;

/// Kafka's own world: its jars and this room, above nothing but the JDK, the logging facade and
/// [KafkaNode].
final class BrokerLoader extends URLClassLoader {
  static {
    registerAsParallelCapable();
  }

  private static final String DOOR = KafkaNode.class.getName();
  private final ClassLoader outside = BrokerLoader.class.getClassLoader();

  BrokerLoader(URL[] library) {
    super("kafka", library, ClassLoader.getPlatformClassLoader());
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.equals(DOOR) || name.startsWith("org.slf4j.")) {
      return outside.loadClass(name);
    }
    return super.loadClass(name, resolve);
  }

  /// A new [RaftNode] of this loader.
  KafkaNode node() {
    try {
      var constructor = loadClass(RaftNode.class.getName()).getDeclaredConstructor();
      constructor.setAccessible(true); // package-private, and in another run-time package
      return (KafkaNode) constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Kafka's libraries cannot be loaded from " + getName(), e);
    }
  }
}

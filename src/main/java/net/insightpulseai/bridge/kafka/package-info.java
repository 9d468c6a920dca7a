/** Apache Kafka: events to topics, as deliveries or as a stream, and records of topics. */
@NullMarked
package net.insightpulseai.bridge.kafka;

import org.jspecify.annotations.NullMarked;

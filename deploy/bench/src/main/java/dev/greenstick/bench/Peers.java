package dev.greenstick.bench;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What the figures are held beside, on the same broker and API server; in microseconds. */
final class Peers {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final int RECORD_BYTES = 200;
  private static final int WARM_UP = 50;

  private Peers() {}

  /** One annotation patched with a bare fabric8 client, again and again. */
  static Histogram patches(Path kubeconfig, int samples) {
    Histogram micros = new Histogram(3);
    try (KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
            .build()) {
      Pod pod = client.pods().inNamespace("default").list().getItems().get(0);
      for (int i = 0; i < samples + WARM_UP; i++) {
        String body = "{\"metadata\":{\"annotations\":{\"bench\":\"" + i + "\"}}}";
        long since = System.nanoTime();
        client.pods().resource(pod).patch(PatchContext.of(PatchType.JSON_MERGE), body);
        record(micros, since, i);
      }
    }
    return micros;
  }

  /** One record produced with all acknowledgements and consumed, again and again. */
  static Histogram roundTrips(String bootstrapServers, String topic, int samples) throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers, "acks", "all");
    Histogram micros = new Histogram(3);
    try (Admin admin = Admin.create(settings)) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    }
    try (KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
      consumer.assign(List.of(new TopicPartition(topic, 0)));
      consumer.seekToBeginning(consumer.assignment());
      for (int i = 0; i < samples + WARM_UP; i++) {
        long since = System.nanoTime();
        producer.send(new ProducerRecord<>(topic, new byte[RECORD_BYTES])).get();
        while (consumer.poll(POLL).isEmpty()) {
          // Polled again until the record is there.
        }
        record(micros, since, i);
      }
    }
    return micros;
  }

  private static void record(Histogram micros, long since, int sample) {
    if (sample >= WARM_UP) {
      micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - since));
    }
  }
}

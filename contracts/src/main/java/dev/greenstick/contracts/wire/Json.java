package dev.greenstick.contracts.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.greenstick.contracts.MayBeMissing;
import java.io.IOException;
import java.time.Duration;

/**
 * The JSON of events: instants in RFC 3339, durations as Go writes them, map keys in order so that
 * equal data is equal bytes. Fields that a reader does not know are ignored, because a newer writer
 * may add some.
 */
public final class Json {

  private static final String CONTRACTS = MayBeMissing.class.getPackageName() + ".";

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .annotationIntrospector(new Required())
          .addModule(new JavaTimeModule())
          .addModule(new Jdk8Module())
          .addModule(durations())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private Json() {}

  /** The one mapper; safe for use by many threads, and not to be reconfigured. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /**
   * The JSON text of a record of the contracts: equal records give equal text.
   *
   * @throws IllegalArgumentException when the value is none that the contracts can write
   */
  public static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(value.getClass().getName() + " cannot be written", e);
    }
  }

  /** A record's fields are required unless they are marked: see {@link MayBeMissing}. */
  private static final class Required extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1;

    @Override
    public Boolean hasRequiredMarker(AnnotatedMember member) {
      Class<?> declaring = member.getDeclaringClass();
      return declaring.isRecord() && declaring.getName().startsWith(CONTRACTS)
          ? Boolean.valueOf(!member.hasAnnotation(MayBeMissing.class))
          : super.hasRequiredMarker(member);
    }
  }

  private static SimpleModule durations() {
    return new SimpleModule("greenstick-durations")
        .addSerializer(
            Duration.class,
            new StdScalarSerializer<>(Duration.class) {
              @Override
              public void serialize(Duration value, JsonGenerator json, SerializerProvider provider)
                  throws IOException {
                json.writeString(GoDuration.format(value));
              }
            })
        .addDeserializer(
            Duration.class,
            new StdScalarDeserializer<>(Duration.class) {
              @Override
              public Duration deserialize(JsonParser json, DeserializationContext context)
                  throws IOException {
                String text = json.getText();
                try {
                  return GoDuration.parse(text);
                } catch (IllegalArgumentException e) {
                  throw JsonMappingException.from(json, "duration " + e.getMessage(), e);
                }
              }
            });
  }
}

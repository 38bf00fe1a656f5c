package dev.greenstick.contracts.published;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaKeyword;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.MayBeMissing;
import dev.greenstick.contracts.experiment.Action;
import dev.greenstick.contracts.experiment.Delay;
import dev.greenstick.contracts.experiment.Experiment;
import dev.greenstick.contracts.experiment.Fault;
import dev.greenstick.contracts.halt.HaltScope;
import dev.greenstick.contracts.id.ClusterName;
import dev.greenstick.contracts.id.CommandId;
import dev.greenstick.contracts.id.ExperimentName;
import dev.greenstick.contracts.id.FaultId;
import dev.greenstick.contracts.id.Labels;
import dev.greenstick.contracts.id.ProbeName;
import dev.greenstick.contracts.id.RunId;
import dev.greenstick.contracts.id.StepName;
import dev.greenstick.contracts.wire.GoDuration;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** JSON Schemas of the records, as they are on the wire. */
final class Schemas {

  private static final Set<Class<?>> IDS = Set.of(RunId.class, FaultId.class, CommandId.class);
  private static final Set<Class<?>> NAMES =
      Set.of(ClusterName.class, ExperimentName.class, ProbeName.class, StepName.class);

  private final Javadoc javadoc;
  private final SchemaGenerator generator;

  Schemas(Javadoc javadoc) {
    this.javadoc = javadoc;
    SchemaGeneratorConfigBuilder config =
        new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
            .with(
                new JacksonModule(
                    JacksonOption.FLATTENED_ENUMS_FROM_JSONPROPERTY,
                    JacksonOption.SKIP_SUBTYPE_LOOKUP,
                    JacksonOption.IGNORE_TYPE_INFO_TRANSFORM))
            .with(Option.DEFINITIONS_FOR_ALL_OBJECTS);
    config
        .forTypesInGeneral()
        .withPropertySorter((unusedOne, unusedOther) -> 0)
        .withDescriptionResolver(type -> javadoc.about(type.getType().getErasedType()).orElse(null))
        .withCustomDefinitionProvider(Schemas::definition);
    config
        .forFields()
        .withRequiredCheck(field -> field.getAnnotation(MayBeMissing.class) == null)
        .withDescriptionResolver(this::describe)
        .withNumberInclusiveMinimumResolver(Schemas::minimum)
        .withNumberExclusiveMinimumResolver(Schemas::exclusiveMinimum)
        .withEnumResolver(Schemas::constant);
    generator = new SchemaGenerator(config.build());
  }

  /** The schema of a record that is an event's data. */
  ObjectNode of(Class<?> record) {
    return of(record, Event.typeOf(record));
  }

  /** The schema of a record, as it is on the wire. */
  ObjectNode of(Class<?> record, String title) {
    ObjectNode generated = generator.generateSchema(record);
    ObjectNode schema = generated.objectNode();
    schema.set("$schema", generated.get("$schema"));
    schema.put("title", title);
    javadoc.about(record).ifPresent(sentence -> schema.put("description", sentence));
    generated
        .fields()
        .forEachRemaining(
            field -> {
              if (!schema.has(field.getKey()) && !field.getKey().equals("$defs")) {
                schema.set(field.getKey(), field.getValue());
              }
            });
    if (generated.has("$defs")) {
      schema.set("$defs", generated.get("$defs"));
    }
    return schema;
  }

  private String describe(FieldScope field) {
    if (field.isFakeContainerItemScope()) {
      return null;
    }
    return javadoc
        .about(field.getDeclaringType().getErasedType(), field.getDeclaredName())
        .orElse(null);
  }

  /** Every whole number in the contracts counts something. */
  private static BigDecimal minimum(FieldScope field) {
    Class<?> type = field.getType().getErasedType();
    boolean whole =
        type == long.class || type == int.class || type == Long.class || type == Integer.class;
    return whole ? BigDecimal.ZERO : null;
  }

  private static BigDecimal exclusiveMinimum(FieldScope field) {
    return field.getDeclaredName().equals("rate") ? BigDecimal.ZERO : null;
  }

  private static List<?> constant(FieldScope field) {
    if (field.getDeclaringType().getErasedType() != Experiment.class) {
      return null;
    }
    return switch (field.getDeclaredName()) {
      case "apiVersion" -> List.of(Experiment.API_VERSION);
      case "kind" -> List.of(Experiment.KIND);
      default -> null;
    };
  }

  private static CustomDefinition definition(ResolvedType type, SchemaGenerationContext context) {
    Class<?> erased = type.getErasedType();
    if (erased == Map.class) {
      ObjectNode schema = context.getGeneratorConfig().createObjectNode().put("type", "object");
      ResolvedType value = type.getTypeParameters().get(1);
      ObjectNode values = context.createDefinitionReference(value);
      schema.set(context.getKeyword(SchemaKeyword.TAG_ADDITIONAL_PROPERTIES), values);
      return inline(schema);
    }
    if (erased == Object.class) {
      return inline(context.getGeneratorConfig().createObjectNode());
    }
    Map<String, String> text = new LinkedHashMap<>();
    if (erased == Instant.class) {
      text.put("format", "date-time");
    } else if (erased == URI.class) {
      text.put("format", "uri");
    } else if (IDS.contains(erased)) {
      text.put("format", "uuid");
    } else if (NAMES.contains(erased)) {
      text.put("pattern", "^" + Labels.PATTERN + "$");
    } else if (erased == Duration.class || erased == Delay.class) {
      text.put("pattern", "^(" + GoDuration.PATTERN + ")$");
    } else if (erased == HaltScope.class) {
      text.put("pattern", "^(everything|(cluster|experiment)/" + Labels.PATTERN + ")$");
    } else if (erased == JsonNode.class) {
      return inline(context.getGeneratorConfig().createObjectNode());
    } else if (erased == Action.class) {
      return oneOf(context, alternatives(Action.class));
    } else if (erased == Fault.class) {
      return oneOf(context, alternatives(Fault.class));
    } else {
      return null;
    }
    ObjectNode schema = context.getGeneratorConfig().createObjectNode().put("type", "string");
    text.forEach(schema::put);
    return inline(schema);
  }

  /** The kinds of action of a type, by their names in a document. */
  private static Map<String, Class<?>> alternatives(Class<?> type) {
    return Stream.of(Action.class.getAnnotation(JsonSubTypes.class).value())
        .filter(alternative -> type.isAssignableFrom(alternative.value()))
        .collect(Collectors.toMap(JsonSubTypes.Type::name, JsonSubTypes.Type::value));
  }

  /** An object with one field that names what it holds. */
  private static CustomDefinition oneOf(
      SchemaGenerationContext context, Map<String, Class<?>> alternatives) {
    ObjectNode schema = context.getGeneratorConfig().createObjectNode();
    schema.put("type", "object");
    var properties = schema.putObject(context.getKeyword(SchemaKeyword.TAG_PROPERTIES));
    alternatives.entrySet().stream()
        .sorted(Map.Entry.<String, Class<?>>comparingByKey().reversed())
        .forEach(
            alternative ->
                properties.set(
                    alternative.getKey(),
                    context.createDefinitionReference(
                        context.getTypeContext().resolve(alternative.getValue()))));
    schema.put("minProperties", 1);
    schema.put("maxProperties", 1);
    if (alternatives.size() == 1) {
      schema.putArray("required").add(alternatives.keySet().iterator().next());
    }
    return inline(schema);
  }

  private static CustomDefinition inline(ObjectNode schema) {
    return new CustomDefinition(
        schema, CustomDefinition.DefinitionType.INLINE, CustomDefinition.AttributeInclusion.NO);
  }
}

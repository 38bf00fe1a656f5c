package dev.greenstick.probe.predict.serving;

import dev.greenstick.contracts.experiment.ProtocolOptions;
import dev.greenstick.contracts.experiment.ProtocolOptions.OpenAiApi;
import dev.greenstick.contracts.experiment.ServingProtocol;
import dev.greenstick.probe.predict.serving.Dialect.Said;
import java.util.List;
import java.util.Map;

/** Every protocol over HTTP with the example that its own documentation publishes. */
final class Dialects {

  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  private Dialects() {}

  static List<Dialect> all() {
    return List.of(
        openInference(),
        kserveV1(),
        tensorFlowServing(),
        tensorFlowServingByColumns(),
        torchServe(),
        azureMl(),
        mlFlow(),
        seldonV1(),
        bentoMl(),
        chat(),
        completions(),
        streamedChat(),
        http(),
        httpText());
  }

  private static final String CHUNK =
      "data: {\"id\":\"chatcmpl-123\",\"object\":\"chat.completion.chunk\",\"created\":1694268190,\"model\":\"gpt-4o-mini\",\"choices\":[{\"index\":0,\"delta\":%s,\"logprobs\":null,\"finish_reason\":%s}]}\n\n";

  private static Said stream(String text) {
    return new Said(200, "text/event-stream", text);
  }

  /** https://github.com/kserve/open-inference-protocol, "Inference Request Examples". */
  private static Dialect openInference() {
    String inputs =
        "[{\"name\":\"input0\",\"shape\":[2,2],\"datatype\":\"UINT32\",\"data\":[1,2,3,4]},"
            + "{\"name\":\"input1\",\"shape\":[3],\"datatype\":\"BOOL\",\"data\":[true,false,true]}]";
    String answer =
        "{\"id\":\"ID\",\"outputs\":[{\"name\":\"output0\",\"shape\":[3,2],\"datatype\":\"FP32\",\"data\":[1.0,1.1,2.0,2.1,3.0,%s]}]}";
    return new Dialect(
        "open-inference-v2",
        ServingProtocol.OPEN_INFERENCE_V2,
        "mymodel",
        null,
        inputs,
        "{\"output0\":[1.0,1.1,2.0,2.1,3.0,3.1]}",
        "/v2/models/mymodel/infer",
        JSON,
        "{\"id\":\"ID\",\"inputs\":" + inputs + "}",
        List.of(Said.json(answer.formatted("3.1"))),
        List.of(
            Said.json(answer.formatted("3.2")),
            Said.json(answer.formatted("NaN")),
            Said.json(answer.formatted("3.1").replace("output0", "output1"))),
        List.of(
            Said.json(answer.formatted("3.1").replace("ID", "another")),
            Said.json(answer.formatted("3.1").replace("[3,2]", "[3,3]")),
            Said.json("{\"error\":\"<error message string>\"}"),
            Said.json("{}"),
            Said.json("gateway")),
        Map.of(
            "/v2/health/ready", Said.json(""),
            "/v2/models/mymodel/ready", Said.json("")),
        List.of(Said.of(400, ""), Said.of(503, "")));
  }

  /** https://kserve.github.io/website: "First InferenceService", sklearn-iris. */
  private static Dialect kserveV1() {
    String inputs = "{\"instances\":[[6.8,2.8,4.8,1.4],[6.0,3.4,4.5,1.6]]}";
    return new Dialect(
        "kserve-v1",
        ServingProtocol.KSERVE_V1,
        "sklearn-iris",
        null,
        inputs,
        "[1,1]",
        "/v1/models/sklearn-iris:predict",
        JSON,
        inputs,
        List.of(Said.json("{\"predictions\":[1,1]}")),
        List.of(Said.json("{\"predictions\":[1,2]}"), Said.json("{\"predictions\":[1,\"1\"]}")),
        List.of(
            Said.json("{\"predictions\":[1]}"),
            Said.json("{\"prediction\":[1,1]}"),
            Said.json("{\"error\":\"Model not found\"}"),
            Said.json("null"),
            Said.json("")),
        Map.of("/v1/models/sklearn-iris", Said.json("{\"name\":\"sklearn-iris\",\"ready\":true}")),
        List.of(
            Said.json("{\"name\":\"sklearn-iris\",\"ready\":false}"),
            Said.json("{\"name\":\"sklearn-iris\",\"ready\":\"False\"}"),
            Said.of(503, "{\"error\":\"Model not ready\"}")));
  }

  private static final Map<String, Said> HALF_PLUS_TWO_READY =
      Map.of(
          "/v1/models/half_plus_two",
          Said.json(
              "{\"model_version_status\":[{\"version\":\"123\",\"state\":\"AVAILABLE\",\"status\":{\"error_code\":\"OK\",\"error_message\":\"\"}}]}"));

  private static final List<Said> HALF_PLUS_TWO_NOT_READY =
      List.of(
          Said.json("{\"model_version_status\":[{\"version\":\"123\",\"state\":\"LOADING\"}]}"),
          Said.json("{\"model_version_status\":[]}"),
          Said.of(404, "{\"error\":\"Could not find any versions of model\"}"));

  /** https://www.tensorflow.org/tfx/serving/api_rest, half_plus_two. */
  private static Dialect tensorFlowServing() {
    String inputs = "{\"instances\":[1.0,2.0,5.0]}";
    return new Dialect(
        "tf-serving by rows",
        ServingProtocol.TF_SERVING,
        "half_plus_two",
        null,
        inputs,
        "[2.5,3.0,4.5]",
        "/v1/models/half_plus_two:predict",
        JSON,
        inputs,
        List.of(Said.json("{\"predictions\":[2.5,3.0,4.5]}")),
        List.of(
            Said.json("{\"predictions\":[2.5,3.0,4.6]}"),
            Said.json("{\"predictions\":[2.5,3.0,NaN]}"),
            Said.json("{\"predictions\":[2.5,3.0,Infinity]}")),
        List.of(
            Said.json("{\"predictions\":[2.5,3.0]}"),
            Said.json("{\"outputs\":[2.5,3.0,4.5]}"),
            Said.json("{\"error\":\"no\"}")),
        HALF_PLUS_TWO_READY,
        HALF_PLUS_TWO_NOT_READY);
  }

  /** The same by columns. */
  private static Dialect tensorFlowServingByColumns() {
    String inputs = "{\"inputs\":[1.0,2.0,5.0]}";
    return new Dialect(
        "tf-serving by columns",
        ServingProtocol.TF_SERVING,
        "half_plus_two",
        null,
        inputs,
        "[2.5,3.0,4.5]",
        "/v1/models/half_plus_two:predict",
        JSON,
        inputs,
        List.of(Said.json("{\"outputs\":[2.5,3.0,4.5]}")),
        List.of(Said.json("{\"outputs\":[2.5,3.0]}")),
        List.of(Said.json("{\"predictions\":[2.5,3.0,4.5]}"), Said.json("[2.5,3.0,4.5]")),
        HALF_PLUS_TWO_READY,
        HALF_PLUS_TWO_NOT_READY);
  }

  /** https://docs.pytorch.org/serve/getting_started.html, densenet161 and a kitten. */
  private static Dialect torchServe() {
    String answer =
        "{\"tabby\":0.4096629023551941,\"tiger_cat\":%s,\"Egyptian_cat\":0.13012440502643585}";
    return new Dialect(
        "torchserve",
        ServingProtocol.TORCHSERVE,
        "densenet161",
        null,
        "{\"data\":\"kitten\"}",
        answer.formatted("0.346704363822937"),
        "/predictions/densenet161",
        JSON,
        "{\"data\":\"kitten\"}",
        List.of(Said.json(answer.formatted("0.346704363822937"))),
        List.of(Said.json(answer.formatted("0.35")), Said.json("{}")),
        List.of(Said.json("kitten"), Said.json("{\"tabby\":"), Said.json("{} {}")),
        Map.of("/ping", Said.json("{\"status\":\"Healthy\"}")),
        List.of(Said.of(500, "{\"status\":\"Unhealthy\"}")));
  }

  /** https://learn.microsoft.com, "Deploy and score a model by using an online endpoint". */
  private static Dialect azureMl() {
    String inputs = "{\"data\":[[1,2,3,4,5,6,7,8,9,10],[10,9,8,7,6,5,4,3,2,1]]}";
    return new Dialect(
        "azureml",
        ServingProtocol.AZUREML,
        null,
        new ProtocolOptions(null, null, null, null, "blue", null, null, null),
        inputs,
        "[11055.977245525679,4503.079536107787]",
        "/score",
        Map.of("Content-Type", "application/json", "azureml-model-deployment", "blue"),
        inputs,
        List.of(
            Said.json("\"[11055.977245525679, 4503.079536107787]\""),
            Said.json("[11055.977245525679, 4503.079536107787]")),
        List.of(
            Said.json("\"[11055.977245525679, 4504.0]\""),
            Said.json("\"a score\""),
            Said.json("{\"result\":[11055.977245525679,4503.079536107787]}")),
        List.of(Said.json("[11055.97"), Said.json(""), Said.json("null")),
        Map.of("/", Said.json("\"Healthy\"")),
        List.of(Said.of(404, ""), Said.of(502, "")));
  }

  /** https://mlflow.org/docs: the tutorial's wine quality model. */
  private static Dialect mlFlow() {
    String inputs =
        "{\"dataframe_split\":{\"columns\":[\"fixed acidity\",\"volatile acidity\",\"citric acid\",\"residual sugar\",\"chlorides\",\"free sulfur dioxide\",\"total sulfur dioxide\",\"density\",\"pH\",\"sulphates\",\"alcohol\"],\"data\":[[7,0.27,0.36,20.7,0.045,45,170,1.001,3,0.45,8.8]]}}";
    return new Dialect(
        "mlflow",
        ServingProtocol.MLFLOW,
        null,
        null,
        inputs,
        "[{\"0\":5.310967445373535}]",
        "/invocations",
        JSON,
        inputs,
        List.of(Said.json("{\"predictions\": [{\"0\": 5.310967445373535}]}")),
        List.of(Said.json("{\"predictions\": [{\"0\": 6.3}]}"), Said.json("{\"predictions\": []}")),
        List.of(
            Said.json("{\"error_code\":\"BAD_REQUEST\",\"message\":\"no\",\"predictions\":[]}"),
            Said.json("{}"),
            Said.json("[{\"0\": 5.310967445373535}]")),
        Map.of("/ping", Said.json("\n")),
        List.of(Said.of(404, ""), Said.of(500, "")));
  }

  /** https://docs.seldon.ai/seldon-core-1, the iris model of "Quickstart". */
  private static Dialect seldonV1() {
    String inputs = "{\"data\":{\"ndarray\":[[1,2,3,4]]}}";
    String answer =
        "{\"data\":{\"names\":[\"t:0\",\"t:1\",\"t:2\"],\"ndarray\":[[0.0006985194531162835,0.00366803903943666,%s]]},\"meta\":{\"requestPath\":{\"classifier\":\"seldonio/sklearnserver:1.14.1\"}}}";
    return new Dialect(
        "seldon-v1",
        ServingProtocol.SELDON_V1,
        null,
        null,
        inputs,
        "[[0.0006985194531162835,0.00366803903943666,0.995633441507447]]",
        "/api/v1.0/predictions",
        JSON,
        inputs,
        List.of(Said.json(answer.formatted("0.995633441507447"))),
        List.of(Said.json(answer.formatted("0.9")), Said.json("{\"strData\":\"setosa\"}")),
        List.of(
            Said.json(
                "{\"status\":{\"code\":-1,\"info\":\"Unknown data type\",\"reason\":\"MICROSERVICE_BAD_DATA\",\"status\":\"FAILURE\"}}"),
            Said.json("{\"meta\":{}}"),
            Said.json("[]")),
        Map.of("/ready", Said.json("")),
        List.of(Said.of(503, "")));
  }

  /** https://docs.bentoml.com/en/latest/reference/bentoml/client.html, classify. */
  private static Dialect bentoMl() {
    String inputs = "{\"input_series\":[[1,2,3,4]]}";
    return new Dialect(
        "bentoml",
        ServingProtocol.BENTOML,
        null,
        new ProtocolOptions("/classify", null, null, null, null, null, null, null),
        inputs,
        "[0]",
        "/classify",
        JSON,
        inputs,
        List.of(Said.json("[0]")),
        List.of(Said.json("[1]"), Said.json("0"), Said.json("{\"error\":\"0\"}")),
        List.of(Said.json("["), Said.json("<html>")),
        Map.of("/readyz", Said.json("\n")),
        List.of(Said.of(503, "Runners are not ready.")));
  }

  private static final Map<String, Said> MODELS =
      Map.of(
          "/v1/models",
          Said.json(
              "{\"object\":\"list\",\"data\":[{\"id\":\"gpt-4o-mini\",\"object\":\"model\",\"created\":1686935002,\"owned_by\":\"openai\"}]}"));

  private static final List<Said> NO_MODELS =
      List.of(
          Said.json("{\"object\":\"list\",\"data\":[{\"id\":\"another\",\"object\":\"model\"}]}"),
          Said.of(401, "{\"error\":{\"message\":\"no\"}}"));

  private static final String MESSAGES =
      "\"messages\":[{\"role\":\"system\",\"content\":\"You are a helpful assistant.\"},{\"role\":\"user\",\"content\":\"Hello!\"}]";

  private static Dialect openAi(
      String name,
      ProtocolOptions options,
      String content,
      String expect,
      String path,
      Map<String, String> headers,
      String body,
      List<Said> right,
      List<Said> wrong,
      List<Said> malformed) {
    return new Dialect(
        name,
        ServingProtocol.OPENAI,
        "gpt-4o-mini",
        options,
        "{" + content + "}",
        expect,
        path,
        headers,
        body,
        right,
        wrong,
        malformed,
        MODELS,
        NO_MODELS);
  }

  /** https://platform.openai.com/docs/api-reference/chat. */
  private static Dialect chat() {
    String answer =
        "{\"id\":\"chatcmpl-123\",\"object\":\"chat.completion\",\"created\":1677652288,\"model\":\"gpt-4o-mini\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"%s\"},\"logprobs\":null,\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":12,\"total_tokens\":21}}";
    return openAi(
        "openai chat",
        null,
        MESSAGES,
        "\"\\n\\nHello there, how may I assist you today?\"",
        "/v1/chat/completions",
        JSON,
        "{" + MESSAGES + ",\"model\":\"gpt-4o-mini\",\"temperature\":0}",
        List.of(Said.json(answer.formatted("\\n\\nHello there, how may I assist you today?"))),
        List.of(Said.json(answer.formatted("I cannot help.")), Said.json(answer.formatted(""))),
        List.of(
            Said.json("{\"choices\":[]}"),
            Said.json("{\"choices\":[{\"text\":\"Hello\"}]}"),
            Said.json("{\"error\":{\"message\":\"overloaded\"}}")));
  }

  /** https://platform.openai.com/docs/api-reference/completions. */
  private static Dialect completions() {
    String answer =
        "{\"id\":\"cmpl-uqkvlQyYK7bGYrRHQ0eXlWi7\",\"object\":\"text_completion\",\"created\":1589478378,\"model\":\"gpt-4o-mini\",\"choices\":[{\"text\":\"%s\",\"index\":0,\"logprobs\":null,\"finish_reason\":\"length\"}]}";
    return openAi(
        "openai completions",
        new ProtocolOptions(null, null, null, null, null, OpenAiApi.COMPLETIONS, null, null),
        "\"prompt\":\"Say this is a test\",\"max_tokens\":7",
        "\"\\n\\nThis is indeed a test\"",
        "/v1/completions",
        JSON,
        "{\"prompt\":\"Say this is a test\",\"max_tokens\":7,\"model\":\"gpt-4o-mini\",\"temperature\":0}",
        List.of(Said.json(answer.formatted("\\n\\nThis is indeed a test"))),
        List.of(Said.json(answer.formatted("This is no test"))),
        List.of(Said.json("{\"choices\":[{\"message\":{\"content\":\"Hello\"}}]}")));
  }

  /** https://platform.openai.com/docs/api-reference/chat-streaming. */
  private static Dialect streamedChat() {
    String role = CHUNK.formatted("{\"role\":\"assistant\",\"content\":\"\"}", "null");
    String hello = CHUNK.formatted("{\"content\":\"Hello\"}", "null");
    String there = CHUNK.formatted("{\"content\":\" there\"}", "null");
    String stop = CHUNK.formatted("{}", "\"stop\"");
    String done = "data: [DONE]\n\n";
    return openAi(
        "openai chat, streamed",
        new ProtocolOptions(null, null, null, null, null, null, true, null),
        MESSAGES,
        "\"Hello there\"",
        "/v1/chat/completions",
        Map.of("Content-Type", "application/json", "Accept", "text/event-stream"),
        "{" + MESSAGES + ",\"model\":\"gpt-4o-mini\",\"temperature\":0,\"stream\":true}",
        List.of(
            stream(role + hello + there + stop + done),
            stream((": ping\r\n\r\n" + role + hello + there + stop).replace("\n\n", "\r\n\r\n"))),
        List.of(stream(role + hello + stop + done), stream(done)),
        List.of(
            stream(role + hello + there),
            stream(role + hello + "data: {\"error\":{\"message\":\"no\"}}\n\n" + done),
            stream(role + "data: {\"choices\":\n\n" + done),
            stream("")));
  }

  /** A server of no known kind. */
  private static Dialect http() {
    return new Dialect(
        "http",
        ServingProtocol.HTTP,
        null,
        new ProtocolOptions(
            "/rank?top=1", "PUT", "/alive", "$.items[*].label", null, null, null, null),
        "{\"q\":\"spring\"}",
        "[\"a\",\"b\"]",
        "/rank?top=1",
        JSON,
        "{\"q\":\"spring\"}",
        List.of(
            Said.json("{\"items\":[{\"label\":\"a\"},{\"label\":\"b\"}],\"took\":3}"),
            Said.of(201, "{\"items\":[{\"label\":\"a\"},{\"label\":\"b\"}]}")),
        List.of(Said.json("{\"items\":[{\"label\":\"b\"},{\"label\":\"a\"}]}")),
        List.of(Said.json("{\"items\":[]}"), Said.json("{}"), Said.json("no")),
        Map.of("/alive", Said.json("")),
        List.of(Said.of(404, "")));
  }

  /** A server that answers a GET with plain text. */
  private static Dialect httpText() {
    return new Dialect(
        "http with GET and text",
        ServingProtocol.HTTP,
        null,
        new ProtocolOptions("/price?of=7", "GET", "/alive", null, null, null, null, null),
        "",
        "\"12.50 EUR\"",
        "/price?of=7",
        Map.of(),
        "",
        List.of(
            new Said(200, "text/plain; charset=utf-8", "12.50 EUR"), Said.json("\"12.50 EUR\"")),
        List.of(new Said(200, "text/plain", "none"), Said.json("12.5")),
        List.of(Said.json("12.50 EUR")),
        Map.of("/alive", Said.json("")),
        List.of(Said.of(503, "")));
  }
}

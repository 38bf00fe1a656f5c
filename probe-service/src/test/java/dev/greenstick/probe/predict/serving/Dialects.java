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
        openInferenceOfKserve(),
        kserveV1(),
        tensorFlowServing(),
        tensorFlowServingByColumns(),
        torchServe(),
        azureMl(),
        mlFlow(),
        seldonV1(),
        bentoMl(),
        bentoMlText(),
        chat(),
        completions(),
        streamedChat(),
        http(),
        httpText());
  }

  private static final String CHUNK =
      "data: {\"id\":\"chatcmpl-123\",\"object\":\"chat.completion.chunk\",\"created\":1694268190,\"model\":\"gpt-4o-mini\",\"system_fingerprint\":\"fp_44709d6fcb\",\"choices\":[{\"index\":0,\"delta\":%s,\"logprobs\":null,\"finish_reason\":%s}]}\n\n";

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

  /**
   * https://kserve.github.io/website, the sklearn runtime with protocol v2: fields without a value
   * are null, and tensors may be nested.
   */
  private static Dialect openInferenceOfKserve() {
    String inputs =
        "[{\"name\":\"input-0\",\"shape\":[2,4],\"datatype\":\"FP32\",\"data\":[[6.8,2.8,4.8,1.4],[6.0,3.4,4.5,1.6]]}]";
    String answer =
        "{\"model_name\":\"sklearn-v2-iris\",\"model_version\":null,\"id\":\"ID\",\"parameters\":null,\"outputs\":[{\"name\":\"output-0\",\"shape\":[2],\"datatype\":\"INT32\",\"parameters\":null,\"data\":[1,%s]}]}";
    return new Dialect(
        "open-inference-v2 of KServe",
        ServingProtocol.OPEN_INFERENCE_V2,
        "sklearn-v2-iris",
        null,
        inputs,
        "{\"output-0\":[1,1]}",
        "/v2/models/sklearn-v2-iris/infer",
        JSON,
        "{\"id\":\"ID\",\"inputs\":" + inputs + "}",
        List.of(Said.json(answer.formatted("1"))),
        List.of(Said.json(answer.formatted("2")), Said.json(answer.formatted("\"1\""))),
        List.of(Said.json(answer.formatted("1,1"))),
        Map.of(
            "/v2/health/ready", Said.json("{\"ready\":true}"),
            "/v2/models/sklearn-v2-iris/ready",
                Said.json("{\"name\":\"sklearn-v2-iris\",\"ready\":true}")),
        List.of(Said.of(503, "{\"error\":\"Model with name sklearn-v2-iris is not ready.\"}")));
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

  private static final Map<String, Said> HALF_PLUS_THREE_READY =
      Map.of(
          "/v1/models/half_plus_three",
          Said.json(
              "{\"model_version_status\":[{\"version\":\"123\",\"state\":\"AVAILABLE\",\"status\":{\"error_code\":\"OK\",\"error_message\":\"\"}}]}"));

  private static final List<Said> HALF_PLUS_THREE_NOT_READY =
      List.of(
          Said.json("{\"model_version_status\":[{\"version\":\"123\",\"state\":\"LOADING\"}]}"),
          Said.json("{\"model_version_status\":[]}"),
          Said.of(404, "{ \"error\": \"Servable not found for request: Latest(half)\" }"));

  /** https://www.tensorflow.org/tfx/serving/api_rest, half_plus_three. */
  private static Dialect tensorFlowServing() {
    String inputs = "{\"instances\":[1.0,2.0,5.0]}";
    return new Dialect(
        "tf-serving by rows",
        ServingProtocol.TF_SERVING,
        "half_plus_three",
        null,
        inputs,
        "[3.5,4.0,5.5]",
        "/v1/models/half_plus_three:predict",
        JSON,
        inputs,
        List.of(Said.json("{\"predictions\":[3.5,4.0,5.5]}")),
        List.of(
            Said.json("{\"predictions\":[3.5,4.0,5.6]}"),
            Said.json("{\"predictions\":[3.5,4.0,NaN]}"),
            Said.json("{\"predictions\":[3.5,4.0,Infinity]}")),
        List.of(
            Said.json("{\"predictions\":[3.5,4.0]}"),
            Said.json("{\"outputs\":[3.5,4.0,5.5]}"),
            Said.json("{\"error\":\"no\"}")),
        HALF_PLUS_THREE_READY,
        HALF_PLUS_THREE_NOT_READY);
  }

  /** The same by columns. */
  private static Dialect tensorFlowServingByColumns() {
    String inputs = "{\"inputs\":[1.0,2.0,5.0]}";
    return new Dialect(
        "tf-serving by columns",
        ServingProtocol.TF_SERVING,
        "half_plus_three",
        null,
        inputs,
        "[3.5,4.0,5.5]",
        "/v1/models/half_plus_three:predict",
        JSON,
        inputs,
        List.of(Said.json("{\"outputs\":[3.5,4.0,5.5]}")),
        List.of(Said.json("{\"outputs\":[3.5,4.0]}")),
        List.of(Said.json("{\"predictions\":[3.5,4.0,5.5]}"), Said.json("[3.5,4.0,5.5]")),
        HALF_PLUS_THREE_READY,
        HALF_PLUS_THREE_NOT_READY);
  }

  /** https://docs.pytorch.org/serve/getting_started.html, densenet161 and a kitten. */
  private static Dialect torchServe() {
    String answer =
        "[{\"tiger_cat\":0.46933549642562866},{\"tabby\":%s},{\"Egyptian_cat\":0.06456148624420166},{\"lynx\":0.0012828214094042778},{\"plastic_bag\":0.00023323034110944718}]";
    return new Dialect(
        "torchserve",
        ServingProtocol.TORCHSERVE,
        "densenet161",
        null,
        "{\"data\":\"kitten\"}",
        answer.formatted("0.4633878469467163"),
        "/predictions/densenet161",
        JSON,
        "{\"data\":\"kitten\"}",
        List.of(Said.json(answer.formatted("0.4633878469467163"))),
        List.of(
            Said.json(answer.formatted("0.47")),
            Said.json("[]"),
            Said.json(
                "{\"class\":\"n02123045 tabby, tabby cat\",\"probability\":0.42514491081237793}"),
            new Said(200, "text/plain", "tabby")),
        List.of(
            Said.json("kitten"),
            Said.json("{\"tabby\":"),
            Said.json("{} {}"),
            new Said(200, "text/html", "<html>busy</html>")),
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

  /** https://mlflow.org/docs, "Deploy MLflow Model to Kubernetes": the wine classifier. */
  private static Dialect mlFlow() {
    String inputs =
        "{\"inputs\":[[14.23,1.71,2.43,15.6,127.0,2.8,3.06,0.28,2.29,5.64,1.04,3.92,1065.0]]}";
    return new Dialect(
        "mlflow",
        ServingProtocol.MLFLOW,
        null,
        null,
        inputs,
        "[-0.03416275504140387]",
        "/invocations",
        JSON,
        inputs,
        List.of(Said.json("{\"predictions\": [-0.03416275504140387]}")),
        List.of(
            Said.json("{\"predictions\": [-0.04]}"),
            Said.json("{\"predictions\": [{\"0\": -0.03416275504140387}]}"),
            Said.json("{\"predictions\": []}")),
        List.of(
            Said.json("{\"error_code\":\"BAD_REQUEST\",\"message\":\"no\",\"predictions\":[]}"),
            Said.json("{}"),
            Said.json("[-0.03416275504140387]")),
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
                "{\"status\":{\"code\":-1,\"info\":\"Unknown data type returned as payload (must be list or np array):None\",\"reason\":\"MICROSERVICE_BAD_DATA\",\"status\":1}}"),
            Said.json("{\"status\":{\"status\":1},\"data\":{\"ndarray\":[[0.1]]}}"),
            Said.json("{\"status\":{\"status\":\"FAILURE\"},\"data\":{\"ndarray\":[[0.1]]}}"),
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

  /**
   * https://docs.bentoml.com/en/latest/get-started/hello-world.html, summarize: a method that
   * returns text answers it as it is.
   */
  private static Dialect bentoMlText() {
    String inputs = "{\"text\":\"A long article\"}";
    return new Dialect(
        "bentoml with text",
        ServingProtocol.BENTOML,
        null,
        new ProtocolOptions("/summarize", null, null, null, null, null, null, null),
        inputs,
        "\"A summary\"",
        "/summarize",
        JSON,
        inputs,
        List.of(
            new Said(200, "text/plain; charset=utf-8", "A summary"), Said.json("\"A summary\"")),
        List.of(new Said(200, "text/plain", "Another"), new Said(200, "text/plain", "")),
        List.of(Said.json("A summary"), new Said(200, "text/html", "A summary")),
        Map.of("/readyz", Said.json("\n")),
        List.of(Said.of(503, "")));
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

  /** https://platform.openai.com/docs/api-reference/chat/create. */
  private static Dialect chat() {
    String answer =
        "{\"id\":\"chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT\",\"object\":\"chat.completion\",\"created\":1741569952,\"model\":\"gpt-4.1-2025-04-14\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":%s,\"refusal\":%s,\"annotations\":[]},\"logprobs\":null,\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":19,\"completion_tokens\":10,\"total_tokens\":29,\"prompt_tokens_details\":{\"cached_tokens\":0,\"audio_tokens\":0},\"completion_tokens_details\":{\"reasoning_tokens\":0,\"audio_tokens\":0,\"accepted_prediction_tokens\":0,\"rejected_prediction_tokens\":0}},\"service_tier\":\"default\"}";
    return openAi(
        "openai chat",
        null,
        MESSAGES,
        "\"Hello! How can I assist you today?\"",
        "/v1/chat/completions",
        JSON,
        "{" + MESSAGES + ",\"model\":\"gpt-4o-mini\",\"temperature\":0}",
        List.of(Said.json(answer.formatted("\"Hello! How can I assist you today?\"", "null"))),
        List.of(
            Said.json(answer.formatted("\"I cannot help.\"", "null")),
            Said.json(answer.formatted("\"\"", "null"))),
        List.of(
            Said.json(answer.formatted("null", "\"I cannot help.\"")),
            Said.json("{\"choices\":[]}"),
            Said.json("{\"choices\":[{\"text\":\"Hello\"}]}"),
            Said.json("{\"error\":{\"message\":\"overloaded\"}}")));
  }

  /** https://platform.openai.com/docs/api-reference/completions. */
  private static Dialect completions() {
    String answer =
        "{\"id\":\"cmpl-uqkvlQyYK7bGYrRHQ0eXlWi7\",\"object\":\"text_completion\",\"created\":1589478378,\"model\":\"gpt-3.5-turbo-instruct\",\"system_fingerprint\":\"fp_44709d6fcb\",\"choices\":[{\"text\":\"%s\",\"index\":0,\"logprobs\":null,\"finish_reason\":\"length\"}],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":7,\"total_tokens\":12}}";
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
    String usage =
        "data: {\"id\":\"chatcmpl-123\",\"object\":\"chat.completion.chunk\",\"created\":1694268190,\"model\":\"gpt-4o-mini\",\"choices\":[],\"usage\":{\"prompt_tokens\":19,\"completion_tokens\":2,\"total_tokens\":21}}\n\n";
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
            stream(role + hello + there + stop + usage + done),
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

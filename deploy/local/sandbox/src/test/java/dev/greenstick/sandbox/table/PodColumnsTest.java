package dev.greenstick.sandbox.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.storage.ResourceTypes;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodColumnsTest {

  private static ObjectNode json(String text) throws JsonProcessingException {
    return (ObjectNode) new ObjectMapper().readTree(text.replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'phase':'Pending'} | Pending",
        "{'phase':'Running','containerStatuses':[{'ready':true,'state':{'running':{}}}]} | Running",
        "{'phase':'Running','containerStatuses':[{'state':{'waiting':{'reason':'CrashLoopBackOff'}}}]} | CrashLoopBackOff",
        "{'phase':'Running','containerStatuses':[{'state':{'terminated':{'exitCode':137,'reason':'Error'}}}]} | Error",
        "{'phase':'Pending','initContainerStatuses':[{'state':{'running':{}}}]} | Init:0/2",
        "{'phase':'Pending','initContainerStatuses':[{'state':{'waiting':{'reason':'ErrImagePull'}}}]} | Init:ErrImagePull"
      })
  void theStatusIsWhatAilsThePodMost(String status, String shown) throws JsonProcessingException {
    ObjectNode pod = json("{'metadata':{},'spec':{'initContainers':[{},{}],'containers':[{}]}}");
    pod.set("status", json(status));

    assertThat(PodColumns.status(pod)).isEqualTo(shown);
  }

  @Test
  void aDeletedPodIsTerminating() throws JsonProcessingException {
    ObjectNode pod =
        json(
            "{'metadata':{'deletionTimestamp':'2026-01-01T00:00:00Z'},'status':{'phase':'Running'}}");

    assertThat(PodColumns.status(pod)).isEqualTo("Terminating");
  }

  @Test
  void aRowHasACellForEveryColumnOfEveryKind() throws JsonProcessingException {
    for (var type : ResourceTypes.ALL) {
      ObjectNode table =
          Tables.of(
              type,
              List.of(json("{'metadata':{'name':'x'}}")),
              Instant.parse("2026-01-01T00:00:00Z"),
              "");

      assertThat(table.at("/rows/0/cells"))
          .as(type.kind())
          .hasSameSizeAs(table.path("columnDefinitions"));
      assertThat(table.at("/rows/0/cells/" + (type.kind().equals("Event") ? 8 : 0)).asText())
          .as(type.kind())
          .isEqualTo("x");
    }
  }
}

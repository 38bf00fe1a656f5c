package dev.greenstick.sandbox.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class PatchTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) MAPPER.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Test
  void aMergePatchIsThatOfTheRfc() {
    // The example of RFC 7396, section 3.
    ObjectNode before =
        json(
            "{'title':'Goodbye!','author':{'givenName':'John','familyName':'Doe'},'tags':['example','sample'],'content':'x'}");
    ObjectNode patch =
        json(
            "{'title':'Hello!','phoneNumber':'+01','author':{'familyName':null},'tags':['example']}");

    assertThat(new Patch.Merge(patch).on(before))
        .isEqualTo(
            json(
                "{'title':'Hello!','author':{'givenName':'John'},'tags':['example'],'content':'x','phoneNumber':'+01'}"));
  }

  @Test
  void aJsonPatchLeavesTheGivenObjectAlone() throws JsonProcessingException {
    ObjectNode before = json("{'a':{'b':1}}");
    ArrayNode operations =
        (ArrayNode) MAPPER.readTree("[{\"op\":\"replace\",\"path\":\"/a/b\",\"value\":2}]");

    assertThat(new Patch.Operations(operations).on(before)).isEqualTo(json("{'a':{'b':2}}"));
    assertThat(before).isEqualTo(json("{'a':{'b':1}}"));
  }

  @Test
  void containersAreMergedByName() {
    ObjectNode before =
        json(
            "{'spec':{'containers':[{'name':'a','image':'1','env':[{'name':'X','value':'1'}]},{'name':'b','image':'2'}]}}");
    ObjectNode patch =
        json("{'spec':{'containers':[{'name':'a','image':'9','env':[{'name':'Y','value':'2'}]}]}}");

    assertThat(new Patch.Strategic(patch).on(before))
        .isEqualTo(
            json(
                "{'spec':{'containers':[{'name':'a','image':'9','env':[{'name':'X','value':'1'},{'name':'Y','value':'2'}]},{'name':'b','image':'2'}]}}"));
  }

  @Test
  void anElementIsDeletedByItsKey() {
    ObjectNode before = json("{'spec':{'containers':[{'name':'a'},{'name':'b'}]}}");
    ObjectNode patch = json("{'spec':{'containers':[{'name':'a','$patch':'delete'}]}}");

    assertThat(new Patch.Strategic(patch).on(before))
        .isEqualTo(json("{'spec':{'containers':[{'name':'b'}]}}"));
  }

  @Test
  void aListIsReplacedOnRequest() {
    ObjectNode before = json("{'spec':{'containers':[{'name':'a'},{'name':'b'}]}}");
    ObjectNode patch = json("{'spec':{'containers':[{'$patch':'replace'},{'name':'c'}]}}");

    assertThat(new Patch.Strategic(patch).on(before))
        .isEqualTo(json("{'spec':{'containers':[{'name':'c'}]}}"));
  }

  @Test
  void aListWithoutAKeyIsReplaced() {
    ObjectNode before = json("{'spec':{'tolerations':[{'key':'a'}]}}");
    ObjectNode patch = json("{'spec':{'tolerations':[{'key':'b'}]}}");

    assertThat(new Patch.Strategic(patch).on(before))
        .isEqualTo(json("{'spec':{'tolerations':[{'key':'b'}]}}"));
  }

  @Test
  void finalizersAreASet() {
    ObjectNode before = json("{'metadata':{'finalizers':['a','b']}}");
    ObjectNode added = json("{'metadata':{'finalizers':['b','c']}}");
    ObjectNode removed = json("{'metadata':{'$deleteFromPrimitiveList/finalizers':['a']}}");

    assertThat(new Patch.Strategic(added).on(before))
        .isEqualTo(json("{'metadata':{'finalizers':['a','b','c']}}"));
    assertThat(new Patch.Strategic(removed).on(before))
        .isEqualTo(json("{'metadata':{'finalizers':['b']}}"));
  }

  @Test
  void aPatchWithoutTheKeyOfItsListIsRefused() {
    ObjectNode before = json("{'spec':{'containers':[{'name':'a'}]}}");
    ObjectNode patch = json("{'spec':{'containers':[{'image':'x'}]}}");

    assertThatThrownBy(() -> new Patch.Strategic(patch).on(before))
        .hasMessageContaining("does not contain declared merge key: name");
  }

  @Test
  void servicePortsAndContainerPortsHaveKeysOfTheirOwn() {
    ObjectNode service = json("{'spec':{'ports':[{'port':80,'targetPort':1},{'port':81}]}}");
    ObjectNode pod = json("{'spec':{'containers':[{'name':'a','ports':[{'containerPort':1}]}]}}");

    assertThat(
            new Patch.Strategic(json("{'spec':{'ports':[{'port':80,'targetPort':2}]}}"))
                .on(service))
        .isEqualTo(json("{'spec':{'ports':[{'port':80,'targetPort':2},{'port':81}]}}"));
    assertThat(
            new Patch.Strategic(
                    json("{'spec':{'containers':[{'name':'a','ports':[{'containerPort':2}]}]}}"))
                .on(pod)
                .at("/spec/containers/0/ports"))
        .hasSize(2);
  }

  @Test
  void applyingLessRemovesWhatTheManagerOwnedAlone() {
    ObjectNode empty = json("{'metadata':{'name':'x'}}");
    ObjectNode one =
        json(
            "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'x'},'data':{'a':'1','b.c':'2'}}");
    ObjectNode other =
        json("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'x'},'data':{'a':'1'}}");

    ObjectNode first = Apply.apply(empty, one, "m", false, "t").object();
    ObjectNode shared = Apply.apply(first, other, "n", false, "t").object();
    ObjectNode last =
        Apply.apply(shared, json("{'metadata':{'name':'x'},'data':{}}"), "m", false, "t").object();

    assertThat(last.path("data")).isEqualTo(json("{'a':'1'}"));
  }

  @Test
  void applyingWhatAnotherAppliedConflictsUnlessForced() {
    ObjectNode empty = json("{'metadata':{'name':'x'}}");
    ObjectNode first =
        Apply.apply(empty, json("{'metadata':{'name':'x'},'data':{'a':'1'}}"), "m", false, "t")
            .object();
    ObjectNode wanted = json("{'metadata':{'name':'x'},'data':{'a':'2'}}");

    assertThat(Apply.apply(first, wanted, "n", false, "t").conflicts())
        .containsExactly(new Apply.Conflict("m", ".data.a"));
    assertThat(Apply.apply(first, wanted, "n", true, "t").object().path("data"))
        .isEqualTo(json("{'a':'2'}"));
  }
}

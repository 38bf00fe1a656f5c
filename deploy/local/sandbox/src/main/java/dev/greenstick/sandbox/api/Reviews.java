package dev.greenstick.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenstick.sandbox.access.AccessRequest;
import dev.greenstick.sandbox.access.Roles;
import dev.greenstick.sandbox.access.Subject;
import dev.greenstick.sandbox.resource.Json;
import dev.greenstick.sandbox.storage.Refusal;
import java.util.ArrayList;
import java.util.List;

/** Answers who somebody is and what they may do ({@code kubectl auth}). */
final class Reviews {

  private Reviews() {}

  static boolean isReview(RequestPath path) {
    return path.group().equals("authorization.k8s.io")
        || path.group().equals("authentication.k8s.io");
  }

  /**
   * The review with its status filled in.
   *
   * @throws Refusal 404 for a review that is not served, 403 for one about somebody else
   */
  static ObjectNode answer(RequestPath path, ObjectNode review, Subject subject, Roles roles) {
    return switch (path.resource()) {
      case "selfsubjectaccessreviews" -> access(review, subject, roles);
      case "subjectaccessreviews" -> {
        if (!subject.equals(Subject.ADMIN)) {
          throw Refusal.plain(
              403,
              "Forbidden",
              "subjectaccessreviews.authorization.k8s.io is forbidden: User \"%s\" cannot create"
                      .formatted(subject.user())
                  + " resource \"subjectaccessreviews\" in API group \"authorization.k8s.io\" at"
                  + " the cluster scope");
        }
        List<String> groups = new ArrayList<>();
        review.path("spec").path("groups").forEach(group -> groups.add(group.asText()));
        yield access(review, new Subject(review.path("spec").path("user").asText(), groups), roles);
      }
      case "selfsubjectrulesreviews" -> rules(review, subject, roles);
      case "selfsubjectreviews" -> {
        ObjectNode user = review.putObject("status").putObject("userInfo");
        user.put("username", subject.user());
        subject.groups().forEach(user.putArray("groups")::add);
        yield review;
      }
      default -> throw Refusal.noSuchResource();
    };
  }

  private static ObjectNode access(ObjectNode review, Subject subject, Roles roles) {
    JsonNode asked = review.path("spec").path("resourceAttributes");
    ObjectNode status = review.putObject("status");
    if (asked.isMissingNode()) {
      status.put("allowed", subject.equals(Subject.ADMIN));
      return review;
    }
    String resource = asked.path("resource").asText("");
    String subresource = asked.path("subresource").asText("");
    status.put(
        "allowed",
        roles.allows(
            subject,
            new AccessRequest(
                asked.path("verb").asText(""),
                asked.path("group").asText(""),
                subresource.isEmpty() ? resource : resource + "/" + subresource,
                asked.path("namespace").asText(""),
                asked.path("name").asText(""))));
    return review;
  }

  private static ObjectNode rules(ObjectNode review, Subject subject, Roles roles) {
    ObjectNode status = review.putObject("status").put("incomplete", false);
    ArrayNode found = status.putArray("resourceRules");
    if (subject.equals(Subject.ADMIN)) {
      ObjectNode all = found.addObject();
      all.putArray("verbs").add("*");
      all.putArray("apiGroups").add("*");
      all.putArray("resources").add("*");
    }
    roles
        .rules(subject, review.path("spec").path("namespace").asText("default"))
        .forEach(rule -> found.add(Json.part(rule)));
    status.putArray("nonResourceRules");
    return review;
  }
}

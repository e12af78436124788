package io.github.datasphere.emulator.face;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Describes the routes of the face as OpenAPI. */
final class OpenApi {
  /** As protobuf JSON shows messages that have a form of their own. */
  private static final Map<String, String> SPECIAL = Map.of(
      "google.protobuf.Timestamp", "string",
      "google.protobuf.Duration", "string",
      "google.protobuf.Any", "object",
      "google.protobuf.Struct", "object",
      "google.protobuf.Int64Value", "string");

  /** Answers that are no messages; docs/http-api.md explains them. */
  private static final JsonObject OTHERS = JsonParser.parseString("""
      {"Error": {"type": "object", "properties": {"error": {"type": "object", "properties": {
          "code": {"type": "string"}, "message": {"type": "string"},
          "fields": {"type": "array", "items": {"type": "object", "properties": {
            "field": {"type": "string"}, "problem": {"type": "string"}}}}}}}},
        "ConsoleLink": {"type": "object", "properties": {"path": {"type": "string"}}},
        "LogChunk": {"type": "object", "properties": {
          "records": {"type": "array", "items": {"type": "object", "properties": {
            "offset": {"type": "string"}, "at": {"type": "string"}, "source": {"type": "string"},
            "text": {"type": "string"}}}},
          "nextOffset": {"type": "string"}, "end": {"type": "string"}, "ended": {"type": "boolean"}}},
        "LogHits": {"type": "object", "properties": {
          "hits": {"type": "array", "items": {"type": "object", "properties": {
            "offset": {"type": "string"}, "line": {"type": "integer"}, "at": {"type": "string"},
            "source": {"type": "string"}, "text": {"type": "string"}, "jobId": {"type": "string"},
            "jobName": {"type": "string"}}}},
          "nextOffset": {"type": "string"}, "done": {"type": "boolean"},
          "nextPageToken": {"type": "string"}}}}
      """).getAsJsonObject();

  private static final Map<String, String> OTHER_ANSWERS = Map.of(
      "POST /links", "ConsoleLink",
      "GET /jobs/{job_id}/log", "LogChunk",
      "GET /jobs/{job_id}/log/search", "LogHits",
      "GET /log/search", "LogHits");

  private final Map<String, JsonObject> schemas = new TreeMap<>();
  private final JsonObject paths = new JsonObject();

  OpenApi(List<FaceRoute> routes) {
    routes.forEach(this::add);
  }

  String text() {
    var info = new JsonObject();
    info.addProperty("title", "DataSphere Jobs Emulator");
    info.addProperty("version", "1");
    var bearer = new JsonObject();
    bearer.addProperty("type", "http");
    bearer.addProperty("scheme", "bearer");
    var all = new JsonObject();
    all.addProperty("openapi", "3.1.0");
    all.add("info", info);
    all.add("servers", list(object("url", Face.BASE)));
    all.add("security", list(object("token", new JsonArray())));
    all.add("paths", paths);
    var components = new JsonObject();
    components.add("securitySchemes", object("token", bearer));
    var named = new JsonObject();
    OTHERS.entrySet().forEach(one -> named.add(one.getKey(), one.getValue()));
    schemas.forEach(named::add);
    components.add("schemas", named);
    all.add("components", components);
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(all) + "\n";
  }

  private void add(FaceRoute route) {
    var operation = new JsonObject();
    operation.addProperty("summary", route.says());
    var parameters = new JsonArray();
    route.path().variables().forEach(name -> parameters.add(parameter(name, "path")));
    route.query().forEach(name -> parameters.add(parameter(name, "query")));
    operation.add("parameters", parameters);
    if (route.request() != null) {
      operation.add("requestBody", object("content", json(reference(route.request()))));
    }
    var good = object("description", "It succeeded.");
    if (route.answer() != null) {
      good.add("content", json(reference(route.answer())));
    } else if (!answer(route).isEmpty()) {
      good.add("content", json(other(answer(route))));
    }
    var bad = object("description", "It failed.");
    bad.add("content", json(other("Error")));
    var responses = new JsonObject();
    responses.add("2XX", good);
    responses.add("default", bad);
    operation.add("responses", responses);
    var path = route.path().toString();
    if (!paths.has(path)) {
      paths.add(path, new JsonObject());
    }
    paths.getAsJsonObject(path).add(route.method().toLowerCase(java.util.Locale.ROOT), operation);
  }

  /** Returns what docs/http-api.md calls the answer of a route; empty if it is no JSON. */
  static String answer(FaceRoute route) {
    return route.answer() == null
        ? OTHER_ANSWERS.getOrDefault(route.method() + " " + route.path(), "")
        : route.answer().getName();
  }

  /** Returns which fields an answer that is no message may have. */
  static Set<String> fields(String answer, String... items) {
    var schema = OTHERS.getAsJsonObject(answer);
    for (var item : items) {
      schema = schema.getAsJsonObject("properties").getAsJsonObject(item).getAsJsonObject("items");
    }
    return schema.getAsJsonObject("properties").keySet();
  }

  private static JsonObject other(String name) {
    return object("$ref", "#/components/schemas/" + name);
  }

  private static JsonObject parameter(String name, String in) {
    var parameter = object("name", name);
    parameter.addProperty("in", in);
    parameter.addProperty("required", in.equals("path"));
    parameter.add("schema", object("type", "string"));
    return parameter;
  }

  private JsonObject reference(Descriptor type) {
    var special = SPECIAL.get(type.getFullName());
    if (special != null) {
      return object("type", special);
    }
    if (!schemas.containsKey(type.getFullName())) {
      var schema = object("type", "object");
      schemas.put(type.getFullName(), schema);
      var fields = new JsonObject();
      type.getFields().forEach(field -> fields.add(field.getJsonName(), field(field)));
      schema.add("properties", fields);
    }
    return object("$ref", "#/components/schemas/" + type.getFullName());
  }

  private JsonObject field(FieldDescriptor field) {
    if (field.isMapField()) {
      var map = object("type", "object");
      map.add("additionalProperties", single(field.getMessageType().findFieldByName("value")));
      return map;
    }
    if (!field.isRepeated()) {
      return single(field);
    }
    var array = object("type", "array");
    array.add("items", single(field));
    return array;
  }

  private JsonObject single(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case MESSAGE -> reference(field.getMessageType());
      case ENUM -> {
        var values = new JsonArray();
        field.getEnumType().getValues().forEach(value -> values.add(value.getName()));
        var schema = object("type", "string");
        schema.add("enum", values);
        yield schema;
      }
      case INT -> object("type", "integer");
      case FLOAT, DOUBLE -> object("type", "number");
      case BOOLEAN -> object("type", "boolean");
      case LONG, STRING, BYTE_STRING -> object("type", "string");
    };
  }

  private static JsonObject json(JsonObject schema) {
    return object("application/json", object("schema", schema));
  }

  private static JsonArray list(JsonObject one) {
    var list = new JsonArray();
    list.add(one);
    return list;
  }

  private static JsonObject object(String name, String value) {
    var object = new JsonObject();
    object.addProperty(name, value);
    return object;
  }

  private static JsonObject object(String name, com.google.gson.JsonElement value) {
    var object = new JsonObject();
    object.add(name, value);
    return object;
  }
}

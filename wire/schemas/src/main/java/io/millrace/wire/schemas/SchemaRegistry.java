package io.millrace.wire.schemas;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Readers of values, those with a schema included: a registry that speaks Confluent's REST is
/// asked once for each schema. Blocks; any thread.
public final class SchemaRegistry {
  private static final int HEADER = 5; // 0, then the schema's id
  private static final int REFERENCES_MAX = 100;

  private final RegistryConfig config;
  private final HttpClient http;
  private final Map<Key, Schema> schemas = new LinkedHashMap<>(16, 0.75f, true);

  private record Key(String url, int id) {}

  /// A registry and how to log in there.
  public record Place(String url, String user, String password) {
    public static Place of(String url, String user, String password) {
      return new Place(url.replaceAll("/+$", ""), user, password);
    }
  }

  /// A schema, and what reads values that were written with it.
  ///
  /// @param type AVRO, PROTOBUF or JSON
  public record Schema(String type, Payload payload) {}

  public SchemaRegistry(RegistryConfig config) {
    this.config = config;
    this.http = HttpClient.newBuilder().connectTimeout(config.timeout()).build();
  }

  /// Whether it can be the URL of a registry: HTTP with a host.
  public static boolean isUrl(String url) {
    try {
      var uri = URI.create(url);
      return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// A value in Confluent's wire format, of whatever schema it names.
  ///
  /// @throws PoisonException when it is no such value, or the registry has no such schema
  /// @throws RegistryException when the registry does not answer
  public JsonValue read(Place place, byte[] value) {
    if (value.length < HEADER || value[0] != 0) {
      throw new PoisonException(
          "Not in Confluent's wire format: it begins with a zero byte and the schema's id");
    }
    return schema(place, ByteBuffer.wrap(value).getInt(1)).payload().read(value);
  }

  /// One that was asked for before.
  public Optional<Schema> known(Place place, int id) {
    synchronized (schemas) {
      return Optional.ofNullable(schemas.get(new Key(place.url, id)));
    }
  }

  /// The schema of that number, asked for once.
  ///
  /// @throws PoisonException when the registry has none of that number
  /// @throws RegistryException when it does not answer
  public Schema schema(Place place, int id) {
    var known = known(place, id);
    if (known.isPresent()) {
      return known.get();
    }
    var schema = fetch(place, id);
    synchronized (schemas) {
      schemas.put(new Key(place.url, id), schema);
      if (schemas.size() > config.cached()) {
        schemas.remove(schemas.keySet().iterator().next());
      }
    }
    return schema;
  }

  private Schema fetch(Place place, int id) {
    var found = get(place, "/schemas/ids/" + id);
    var schema = found.text("schema", "");
    var references = new LinkedHashMap<String, String>();
    collect(place, found, references);
    var others = new ArrayList<>(references.values());
    var name = found.text("schemaType", "AVRO");
    return switch (name) {
      case "AVRO" -> {
        var type = AvroSchema.parse(schema, others);
        yield new Schema(
            name, value -> AvroPayload.read(type, new ByteReader(value, HEADER, value.length)));
      }
      case "PROTOBUF" -> {
        var payload = new ProtoPayload(ProtoFile.parse(schema, others));
        yield new Schema(name, value -> payload.read(new ByteReader(value, HEADER, value.length)));
      }
      default -> new Schema("JSON", PlainPayloads::json);
    };
  }

  /// The schemas that one refers to, those that it needs first.
  private void collect(Place place, JsonObject schema, Map<String, String> found) {
    if (!(schema.get("references") instanceof JsonArray references)) {
      return;
    }
    for (var each : references.values()) {
      if (each instanceof JsonObject reference && !found.containsKey(reference.text("name", ""))) {
        if (found.size() >= REFERENCES_MAX) {
          throw new PoisonException("The schema refers to more than %d".formatted(REFERENCES_MAX));
        }
        var version = reference.get("version");
        var other =
            get(
                place,
                "/subjects/%s/versions/%s"
                    .formatted(
                        encoded(reference.text("subject", "")),
                        version == null ? "latest" : version.asText()));
        collect(place, other, found);
        found.put(reference.text("name", ""), other.text("schema", ""));
      }
    }
  }

  /// Puts a schema into the registry.
  ///
  /// @return its id
  public int register(Place place, String subject, String schema) {
    var body = JsonObject.builder().put("schema", schema).build();
    var answer =
        ask(
            place,
            request(place, "/subjects/" + encoded(subject) + "/versions")
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
    return answer.get("id") instanceof JsonLong(long id) ? (int) id : 0;
  }

  private JsonObject get(Place place, String path) {
    return ask(place, request(place, path).GET().build());
  }

  private HttpRequest.Builder request(Place place, String path) {
    var builder = HttpRequest.newBuilder(URI.create(place.url + path)).timeout(config.timeout());
    builder.header("Accept", "application/vnd.schemaregistry.v1+json");
    if (!place.user.isEmpty()) {
      var pair = (place.user + ":" + place.password).getBytes(StandardCharsets.UTF_8);
      builder.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }
    return builder;
  }

  private JsonObject ask(Place place, HttpRequest request) {
    try {
      var reply = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      byte[] body;
      try (var in = reply.body()) {
        body = in.readNBytes(config.schemaBytesMax() + 1);
      }
      if (body.length > config.schemaBytesMax()) {
        throw new PoisonException("The schema is larger than kafka.registry.schemaBytesMax");
      }
      if (reply.statusCode() == 404 || reply.statusCode() == 409 || reply.statusCode() == 422) {
        throw new PoisonException(
            "The schema registry has no such schema: %s %d %s"
                .formatted(
                    request.uri(), reply.statusCode(), new String(body, StandardCharsets.UTF_8)));
      }
      if (reply.statusCode() == 200 && Json.parse(body) instanceof JsonObject object) {
        return object;
      }
      throw new IOException("status " + reply.statusCode());
    } catch (IOException | JsonSyntaxException e) {
      throw new RegistryException(
          "The schema registry at %s does not answer: %s; records wait for it"
              .formatted(place.url, e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RegistryException("Millrace is stopping", e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

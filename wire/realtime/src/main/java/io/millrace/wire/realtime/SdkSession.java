package io.millrace.wire.realtime;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.json.JsonValue;
import io.millrace.store.realtime.Branch;
import io.millrace.store.realtime.Database;
import io.millrace.store.realtime.Query;
import io.millrace.store.realtime.RealtimeWrite;
import io.millrace.store.realtime.TooManyException;
import io.millrace.store.realtime.TreePath;
import io.millrace.store.realtime.WriteAddition;
import io.millrace.store.realtime.WriteGuard;
import io.millrace.store.realtime.WriteResult;
import io.millrace.store.realtime.WriteResult.Denied;
import io.millrace.store.realtime.WriteResult.Invalid;
import io.millrace.store.realtime.WriteResult.Stale;
import io.millrace.store.realtime.WriteResult.Unavailable;
import io.millrace.store.realtime.WriteResult.Written;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One SDK's connection: the twelve request words of the wire protocol, version 5.
///
/// All on one event loop. What a database tells comes back to the loop in its order, so a push
/// caused by a write leaves before the write's own answer.
final class SdkSession {
  private static final Logger log = LoggerFactory.getLogger(SdkSession.class);
  private static final JsonValue NO_DATA = SdkMessages.NO_DATA;
  private static final JsonString DENIED = new JsonString("Permission denied");

  /// How a session reaches its client.
  interface Transport {
    void send(JsonObject message);

    void close();

    /// Runs work on the session's loop, after what was handed over before.
    void onLoop(Runnable work);
  }

  private record OpenListen(SdkListen listen, Database.Listening listening) {}

  private final String id;
  private final Transport transport;
  private final SdkDatabase database;
  private final Gate gate;
  private final boolean isLocal;
  private final Map<SdkListen.Key, OpenListen> listens = new HashMap<>();
  private final OnDisconnects onDisconnects = new OnDisconnects();
  private Caller caller = Caller.NOBODY;
  private boolean isOver;

  SdkSession(String id, Transport transport, SdkDatabase database, Gate gate, boolean isLocal) {
    this.id = id;
    this.transport = transport;
    this.database = database;
    this.gate = gate;
    this.isLocal = isLocal;
  }

  String id() {
    return id;
  }

  void onLoop(Runnable work) {
    transport.onLoop(work);
  }

  void send(JsonObject message) {
    if (!isOver) {
      transport.send(message);
    }
  }

  boolean isListening(SdkListen listen) {
    var open = listens.get(listen.key());
    return open != null && open.listen.equals(listen);
  }

  /// Takes one message; one that is none of the protocol ends the session.
  void receive(String text) {
    try {
      if (Json.parse(text) instanceof JsonObject message
          && message.get("d") instanceof JsonObject data) {
        if (message.text("t", "").equals("d")) {
          request(data);
        } else if (data.text("t", "").equals("p")) {
          send(SdkMessages.PONG);
        }
      }
    } catch (JsonSyntaxException e) {
      log.warn("SDK session {} sent a message that is not JSON; closing", id);
      transport.close();
    }
  }

  private void request(JsonObject request) {
    var body = request.get("b") instanceof JsonObject object ? object : JsonObject.EMPTY;
    var number = request.get("r");
    var reply = new Reply(this, number == null ? JsonNull.NULL : number);
    switch (request.text("a", "")) {
      case "q" -> listen(body, reply);
      case "n" -> unlisten(body, reply);
      case "g" -> get(body, reply);
      case "p" -> write(put(body), reply);
      case "m" -> patch(body).ifPresentOrElse(w -> write(w, reply), reply::notAnObject);
      case "o" -> leave(put(body), reply);
      case "om" -> patch(body).ifPresentOrElse(w -> leave(w, reply), reply::notAnObject);
      case "oc" -> {
        onDisconnects.cancel(path(body));
        reply.ok();
      }
      case "auth" -> authenticate(body, reply);
      case "gauth" -> authenticateAdmin(body, reply);
      case "unauth" -> {
        become(Caller.NOBODY);
        reply.ok();
      }
      case "s", "appcheck", "unappeck" -> reply.ok();
      default -> reply.send("failure", new JsonString("Unknown request"));
    }
  }

  private void listen(JsonObject body, Reply reply) {
    if (!gate.mayRead(caller)) {
      reply.denied();
      return;
    }
    var key = new SdkListen.Key(path(body), query(body));
    stop(key);
    var listen =
        new SdkListen(
            key,
            Optional.ofNullable(body.get("q")),
            Optional.ofNullable(body.get("t")),
            body.text("h", ""),
            this);
    try {
      listens.put(key, new OpenListen(listen, database.open(caller).listen(key.path(), listen)));
      onLoop(() -> reply.send("ok", JsonObject.EMPTY)); // after the data, which is on its way
    } catch (TooManyException | RestException e) {
      reply.send("unavailable", new JsonString(String.valueOf(e.getMessage())));
    }
  }

  private void unlisten(JsonObject body, Reply reply) {
    stop(new SdkListen.Key(path(body), query(body)));
    reply.ok();
  }

  private void stop(SdkListen.Key key) {
    var open = listens.remove(key);
    if (open != null) {
      open.listening.stop();
    }
  }

  private void get(JsonObject body, Reply reply) {
    if (!gate.mayRead(caller)) {
      reply.denied();
      return;
    }
    var root = database.find().map(Database::root).orElse(Branch.EMPTY);
    reply.send("ok", query(body).apply(root.at(path(body))).toExportJson());
  }

  private void write(RealtimeWrite write, Reply reply) {
    try {
      var _ =
          database
              .open(caller)
              .write(write, gate.writeGuard(caller), WriteAddition.NONE)
              .thenAccept(result -> onLoop(() -> answer(result, reply)));
    } catch (TooManyException | RestException e) {
      reply.send("permission_denied", new JsonString(String.valueOf(e.getMessage())));
    }
  }

  private static void answer(WriteResult result, Reply reply) {
    switch (result) {
      case Written _ -> reply.ok();
      case Stale _ -> reply.send("datastale", new JsonString("Transaction hash does not match"));
      case Denied _ -> reply.denied();
      case Invalid(var kind, var reason) ->
          reply.send(
              kind == Invalid.Kind.TOO_BIG ? "write_too_big" : "failure", new JsonString(reason));
      case Unavailable(var reason) -> reply.send("unavailable", new JsonString(reason));
    }
  }

  private void leave(RealtimeWrite write, Reply reply) {
    if (!gate.mayRead(caller)) {
      reply.denied();
      return;
    }
    try {
      database.open(caller); // so that it is there at the end
    } catch (TooManyException | RestException e) {
      reply.send("permission_denied", new JsonString(String.valueOf(e.getMessage())));
      return;
    }
    if (onDisconnects.add(write)) {
      reply.ok();
    } else {
      reply.send("too_big", new JsonString("Too many onDisconnect writes are waiting"));
    }
  }

  private void authenticate(JsonObject body, Reply reply) {
    var known = gate.caller(Optional.of(body.text("cred", "")), isLocal);
    if (known == Caller.NOBODY && !gate.isOpen()) {
      reply.send("invalid_token", new JsonString("Could not parse auth token."));
      return;
    }
    become(known); // where everybody may do everything, it does not matter who it is
    reply.send("ok", JsonObject.of("auth", JsonNull.NULL));
  }

  private void authenticateAdmin(JsonObject body, Reply reply) {
    var known = gate.caller(Optional.of(body.text("cred", "")), isLocal);
    if (known == Caller.NOBODY) {
      reply.send("invalid_token", new JsonString("Invalid admin token."));
      return;
    }
    boolean isAsSomebody = body.has("authvar") || body.has("noauth");
    become(isAsSomebody ? Caller.NOBODY : known);
    reply.send("ok", JsonObject.of("auth", JsonNull.NULL));
  }

  private void become(Caller who) {
    caller = who;
    if (gate.mayRead(caller)) {
      return;
    }
    listens.values().forEach(open -> revoke(open));
    listens.clear();
  }

  private void revoke(OpenListen open) {
    open.listening.stop();
    send(SdkMessages.revoked(open.listen.key().path(), open.listen.queryObject()));
  }

  /// The client has gone: its listens stop, what it left behind is written. Once.
  void end() {
    if (isOver) {
      return;
    }
    isOver = true;
    listens.values().forEach(open -> open.listening.stop());
    listens.clear();
    var left = onDisconnects.take();
    database
        .find()
        .ifPresent(
            db ->
                left.forEach( // whether it may was decided when it was asked for
                    write -> {
                      var _ = db.write(write, WriteGuard.OPEN, WriteAddition.NONE);
                    }));
  }

  /// Ends the session because the same client is back.
  void replaced() {
    onLoop(
        () -> {
          end();
          transport.close();
        });
  }

  private static RealtimeWrite put(JsonObject body) {
    var ifHash =
        body.get("h") instanceof JsonString h ? Optional.of(h.value()) : Optional.<String>empty();
    return new RealtimeWrite.Put(path(body), data(body), ifHash);
  }

  private static Optional<RealtimeWrite> patch(JsonObject body) {
    return data(body) instanceof JsonObject values
        ? Optional.of(RealtimeWrite.patch(path(body), values))
        : Optional.empty();
  }

  private static JsonValue data(JsonObject body) {
    var data = body.get("d");
    return data == null ? JsonNull.NULL : data;
  }

  private static TreePath path(JsonObject body) {
    return TreePath.parse(body.text("p", ""));
  }

  private static Query query(JsonObject body) {
    return body.get("q") instanceof JsonObject q ? QueryObject.read(q) : Query.ALL;
  }

  /// The answer that a request waits for.
  private record Reply(SdkSession session, JsonValue number) {
    void send(String status, JsonValue data) {
      session.send(SdkMessages.answer(number, status, data));
    }

    void ok() {
      send("ok", NO_DATA);
    }

    void denied() {
      send("permission_denied", DENIED);
    }

    void notAnObject() {
      send("failure", new JsonString("An update needs an object"));
    }
  }
}

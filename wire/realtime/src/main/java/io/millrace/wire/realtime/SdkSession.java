package io.millrace.wire.realtime;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.json.JsonValue;
import io.millrace.store.realtime.Branch;
import io.millrace.store.realtime.Database;
import io.millrace.store.realtime.Node;
import io.millrace.store.realtime.Query;
import io.millrace.store.realtime.RealtimeWrite;
import io.millrace.store.realtime.TooManyException;
import io.millrace.store.realtime.TreePath;
import io.millrace.store.realtime.WriteAddition;
import io.millrace.store.realtime.WriteGuard;
import io.millrace.store.realtime.WriteResult;
import io.millrace.store.realtime.WriteResult.Written;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One SDK's connection: the twelve request words of the wire protocol, version 5.
///
/// All on one event loop. What a database tells comes back to the loop in its order, so a push
/// caused by a write leaves before the write's own answer.
final class SdkSession {
  private static final Logger log = LoggerFactory.getLogger(SdkSession.class);
  private static final JsonObject NO_INDEX =
      JsonObject.of("w", new JsonArray(List.of(new JsonString("no_index"))));

  /// How a session reaches its client.
  interface Transport {
    void send(SdkMessage message);

    void close();

    /// Runs work on the session's loop, after what was handed over before.
    void onLoop(Runnable work);
  }

  private final String id;
  private final Transport transport;
  private final SdkDatabase database;
  private final Gate gate;
  private final SdkCredentials credentials;
  private final SdkListens listens;
  private final OnDisconnects onDisconnects = new OnDisconnects();
  private final RequestOrder order;
  private volatile Caller caller = Caller.nobody();
  private boolean isOver;

  /// @param heldMax most requests that may wait for the writes before them
  SdkSession(
      String id,
      Transport transport,
      SdkDatabase database,
      Gate gate,
      boolean isLocal,
      int heldMax) {
    this.id = id;
    this.transport = transport;
    this.database = database;
    this.gate = gate;
    this.credentials = new SdkCredentials(gate, database.name(), isLocal);
    this.order = new RequestOrder(heldMax, this::request);
    this.listens =
        new SdkListens(
            id,
            this::onLoop,
            listen -> send(SdkMessages.revoked(listen.key().path(), listen.queryObject())));
  }

  String id() {
    return id;
  }

  void onLoop(Runnable work) {
    transport.onLoop(work);
  }

  void send(JsonObject message) {
    send(SdkMessage.of(message));
  }

  void send(SdkMessage message) {
    if (!isOver) {
      transport.send(message);
    }
  }

  /// Brings what the client holds up to date.
  void sendRanges(JsonObject message) {
    database.rangeMerges().increment();
    send(message);
  }

  SharedFrames shared() {
    return database.shared();
  }

  boolean isListening(SdkListen listen) {
    return listens.isOpen(listen);
  }

  /// Takes one message; one that is too long is answered so, and the session goes on.
  void receive(SdkFrames.Whole message) {
    if (!message.isTooLong()) {
      receive(message.text());
      return;
    }
    var number = SdkMessages.numberOf(message.text());
    if (number.isPresent()) {
      new Reply(this, number.get()).tooLong();
    } else {
      log.warn("SDK session {} sent a message that is too long and no request; closing", id);
      transport.close();
    }
  }

  /// Takes one message; one that is none of the protocol ends the session.
  void receive(String text) {
    try {
      if (Json.parse(text) instanceof JsonObject message
          && message.get("d") instanceof JsonObject data) {
        if (message.text("t", "").equals("d")) {
          take(data);
        } else if (data.text("t", "").equals("p")) {
          send(SdkMessages.PONG);
        }
      }
    } catch (JsonSyntaxException e) {
      log.warn("SDK session {} sent a message that is not JSON; closing", id);
      transport.close();
    }
  }

  private void take(JsonObject request) {
    if (!order.take(request)) {
      log.warn("SDK session {} does not wait for its writes, too many requests are held", id);
      transport.close();
    }
  }

  private void request(JsonObject request) {
    var body = request.get("b") instanceof JsonObject object ? object : JsonObject.EMPTY;
    var number = request.get("r");
    var reply = new Reply(this, number == null ? JsonNull.NULL : number);
    switch (request.text("a", "")) {
      case "q" -> whenReady(body, reply, () -> listen(body, reply));
      case "n" -> unlisten(body, reply);
      case "g" -> whenReady(body, reply, () -> get(body, reply));
      case "p" -> write(put(body), reply);
      case "m" -> patch(body).ifPresentOrElse(w -> write(w, reply), reply::notAnObject);
      case "o" -> leave(put(body), reply);
      case "om" -> patch(body).ifPresentOrElse(w -> leave(w, reply), reply::notAnObject);
      case "oc" -> {
        onDisconnects.cancel(path(body));
        reply.ok();
      }
      case "auth" -> authenticated(credentials.check(body), reply);
      case "gauth" -> authenticated(credentials.checkAdmin(body), reply);
      case "unauth" -> {
        become(Caller.nobody());
        reply.ok();
      }
      case "s" -> {
        database.statistics().add(body);
        reply.ok();
      }
      case "appcheck", "unappeck" -> reply.ok();
      default -> reply.send("failure", new JsonString("Unknown request"));
    }
  }

  /// A long list that has to be put in order first is, where nobody waits for this loop.
  private void whenReady(JsonObject body, Reply reply, Runnable request) {
    var key = new SdkListen.Key(path(body), query(body));
    var found = database.find();
    if (!mayRead(key)) {
      reply.denied();
    } else if (found.isEmpty() || found.get().isReady(key.path(), key.query())) {
      request.run();
    } else {
      order.halt();
      var _ =
          database.makeReady(key.path(), key.query()).thenRun(() -> onLoop(() -> goOn(request)));
    }
  }

  private void goOn(Runnable request) {
    if (!isOver) {
      request.run();
      order.goOn();
    }
  }

  private void listen(JsonObject body, Reply reply) {
    var key = new SdkListen.Key(path(body), query(body));
    listens.stop(key);
    boolean isIndexed = isIndexed(key);
    var listen =
        new SdkListen(
            key,
            Optional.ofNullable(body.get("q")),
            Optional.ofNullable(body.get("t")),
            SdkHashes.read(body),
            this);
    try {
      var db = database.open(caller);
      listens.open(
          listen, db, root -> gate.decide(caller, db.name(), root, key.path(), key.query()));
      var answer = isIndexed ? JsonObject.EMPTY : NO_INDEX;
      onLoop(() -> reply.send("ok", answer)); // after the data, which is on its way
    } catch (TooManyException | RestException e) {
      reply.send("unavailable", new JsonString(String.valueOf(e.getMessage())));
    }
  }

  private boolean mayRead(SdkListen.Key key) {
    return gate.mayRead(caller, database.name(), root(), key.path(), key.query());
  }

  private boolean isIndexed(SdkListen.Key key) {
    return gate.rules(database.name()).isIndexed(key.path(), key.query().index());
  }

  private Node root() {
    return database.find().map(Database::root).orElse(Branch.EMPTY);
  }

  private void unlisten(JsonObject body, Reply reply) {
    listens.stop(new SdkListen.Key(path(body), query(body)));
    onLoop(reply::ok); // after the listen's own answer, which may be on its way
  }

  private void get(JsonObject body, Reply reply) {
    var key = new SdkListen.Key(path(body), query(body));
    reply.send("ok", key.query().apply(root().at(key.path()), true).toExportJson());
  }

  private void write(RealtimeWrite write, Reply reply) {
    try {
      var written =
          database
              .open(caller)
              .write(
                  write,
                  gate.writeGuard(caller, database.name()),
                  WriteAddition.NONE,
                  caller.name());
      order.writeBegan();
      var _ = written.thenAccept(result -> onLoop(() -> written(result, reply)));
    } catch (TooManyException | RestException e) {
      reply.send("permission_denied", new JsonString(String.valueOf(e.getMessage())));
    }
  }

  private void written(WriteResult result, Reply reply) {
    reply.result(result);
    order.writeEnded();
  }

  private void leave(RealtimeWrite write, Reply reply) {
    WriteResult rehearsed;
    try { // it is made now so that it is there at the end; who may is decided now too
      var guard = gate.writeGuard(caller, database.name());
      rehearsed = database.open(caller).rehearse(write, guard);
    } catch (TooManyException | RestException e) {
      reply.send("permission_denied", new JsonString(String.valueOf(e.getMessage())));
      return;
    }
    if (!(rehearsed instanceof Written)) {
      reply.result(rehearsed);
    } else if (onDisconnects.add(write)) {
      reply.ok();
    } else {
      reply.send("too_big", new JsonString("Too many onDisconnect writes are waiting"));
    }
  }

  private void authenticated(SdkCredentials.Outcome outcome, Reply reply) {
    switch (outcome) {
      case SdkCredentials.Taken taken -> {
        become(taken.caller());
        reply.send("ok", taken.answer());
      }
      case SdkCredentials.Refused(var status, var reason) ->
          reply.send(status, new JsonString(reason));
    }
  }

  private void become(Caller who) {
    caller = who;
    listens.revokeForbidden();
  }

  /// The rules of a database have changed.
  void recheck(String name) {
    if (name.equals(database.name())) {
      onLoop(listens::revokeForbidden);
    }
  }

  /// Tells a client whose token has expired, and treats it as nobody from now on. Any thread.
  void endExpired() {
    if (gate.isOver(caller)) {
      onLoop(
          () -> {
            if (gate.isOver(caller)) {
              send(SdkMessages.authRevoked("expired_token", "Auth token is expired"));
              become(Caller.nobody());
            }
          });
    }
  }

  /// The client has gone: its listens stop, what it left behind is written. Once.
  void end() {
    if (isOver) {
      return;
    }
    order.finish();
    isOver = true;
    listens.close();
    var left = onDisconnects.take();
    database
        .find()
        .ifPresent(
            db ->
                left.forEach( // whether it may was decided when it was asked for
                    write -> {
                      var _ = db.write(write, WriteGuard.OPEN, WriteAddition.NONE, "onDisconnect");
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
}

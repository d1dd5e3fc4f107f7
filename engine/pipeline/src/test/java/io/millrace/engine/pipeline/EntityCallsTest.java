package io.millrace.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.runtime.Ids;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.OutsideCall;
import io.millrace.engine.rules.nodes.EntityWrite;
import io.millrace.store.entities.Asset;
import io.millrace.store.entities.AssetProfile;
import io.millrace.store.entities.Config;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.Tenant;
import io.millrace.testkit.SimulatedTime;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EntityCallsTest {
  @TempDir private Path directory;
  private EntityStore entities;
  private EntityCalls calls;
  private EntityId tenant;
  private Asset room;

  @BeforeEach
  void open() {
    var time = new SimulatedTime();
    entities = EntityStore.open(Config.embedded(), directory, time, new Ids(time, new Random(3)));
    calls = new EntityCalls(entities);
    tenant = entities.newId(EntityType.TENANT);
    entities.tenants().save(Tenant.named(tenant, "T"));
    var profile =
        entities
            .assetProfiles()
            .save(AssetProfile.named(entities.newId(EntityType.ASSET_PROFILE), tenant, "room"));
    room = entities.assets().save(Asset.named(entities.newId(EntityType.ASSET), "Room 1", profile));
  }

  @AfterEach
  void close() {
    entities.close();
  }

  @Test
  void aRelationToAnEntityThatIsMadeIsMadeOnceHoweverOftenItIsAskedFor() throws Exception {
    var request =
        "\"direction\":\"TO\",\"relationType\":\"Contains\",\"otherType\":\"ASSET\",\"otherName\":\"House\",\"otherProfile\":\"room\",\"create\":true,\"removeCurrent\":false";
    var first = ask("SAVE_RELATION", request);
    var second = ask("SAVE_RELATION", request);

    assertThat(first.result().text("other", "")).isEqualTo(second.result().text("other", "?"));
    var house = entities.assets().findByName(tenant, "House").orElseThrow();
    assertThat(entities.relations().to(room.id()))
        .singleElement()
        .satisfies(relation -> assertThat(relation.from()).isEqualTo(house.id()));

    ask("SAVE_RELATION", request.replace("House", "Barn").replace("t\":false", "t\":true"));
    assertThat(entities.relations().from(house.id())).isEmpty();
    ask("DELETE_RELATION", "\"direction\":\"TO\",\"relationType\":\"Contains\"");
    assertThat(entities.relations().to(room.id())).isEmpty();
  }

  @Test
  void anAssetIsAssignedToACustomerThatIsMadeAndTakenBack() throws Exception {
    var missing = ask("ASSIGN", "\"customer\":\"Smith\",\"create\":false");
    assertThat(missing.delivered()).isFalse();
    assertThat(missing.result().text("error", "")).contains("no customer \"Smith\"");

    assertThat(ask("ASSIGN", "\"customer\":\"Smith\",\"create\":true").delivered()).isTrue();
    var smith = entities.customers().findByTitle(tenant, "Smith").orElseThrow();
    assertThat(entities.assets().find(room.id()).orElseThrow().customerId()).isEqualTo(smith.id());

    ask("UNASSIGN", "\"customer\":\"\"");
    assertThat(entities.assets().find(room.id()).orElseThrow().customerId()).isNull();
  }

  @Test
  void anEntityThatIsNotThereIsSaid() throws Exception {
    var answer =
        ask(
            "SAVE_RELATION",
            "\"direction\":\"FROM\",\"relationType\":\"Uses\",\"otherType\":\"DEVICE\",\"otherName\":\"X\",\"create\":true");
    assertThat(answer.delivered()).isFalse();
    assertThat(answer.result().text("error", "")).contains("There is no DEVICE \"X\"");
  }

  private Answer ask(String change, String further) throws Exception {
    var request =
        "{\"change\":\"%s\",\"tenant\":\"%s\",\"entityType\":\"ASSET\",\"entity\":\"%s\",%s}"
            .formatted(change, tenant.id(), room.id().id(), further);
    return calls.deliver(
        new OutsideCall(EntityWrite.KIND, (JsonObject) Json.parse(request)), "key");
  }
}

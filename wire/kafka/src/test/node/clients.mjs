// kafkajs as a client: admin, idempotent producer, group, transaction. Prints `ok NAME` for each claim.
import assert from "node:assert";
import { Kafka, logLevel } from "kafkajs";

const [server, topic, group] = process.argv.slice(2);
const kafka = new Kafka({ clientId: "test", brokers: [server], logLevel: logLevel.ERROR });

const admin = kafka.admin();
await admin.connect();
await admin.createTopics({ topics: [{ topic, numPartitions: 1 }] });
assert((await admin.listTopics()).includes(topic));
console.log("ok admin");

const producer = kafka.producer({ idempotent: true, transactionalId: `${group}-tx`, maxInFlightRequests: 1 });
await producer.connect();
const sending = await producer.transaction();
await sending.send({ topic, messages: [{ key: "a", value: "1" }, { key: "b", value: "2" }] });
await sending.commit();
const dropped = await producer.transaction();
await dropped.send({ topic, messages: [{ value: "never seen" }] });
await dropped.abort();
console.log("ok transaction");

const consumer = kafka.consumer({ groupId: group });
await consumer.connect();
await consumer.subscribe({ topic, fromBeginning: true });
const seen = [];
await new Promise((resolve, reject) => {
  setTimeout(() => reject(new Error(`saw only ${seen}`)), 30_000).unref();
  consumer.run({
    eachMessage: async ({ message }) => {
      seen.push(message.value.toString());
      if (seen.length === 2) resolve();
    },
  });
});
assert.deepEqual(seen, ["1", "2"]);
console.log("ok group");
await consumer.disconnect();
await producer.disconnect();
await admin.disconnect();

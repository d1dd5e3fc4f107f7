"""kafka-python as a client: producer, consumer group with commit, admin, and the ready program for old
KafkaClient lines. Prints `ok NAME` for each claim."""

import sys
import time
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer
from kafka.admin import NewTopic

server, topic, group = sys.argv[1:4]

admin = KafkaAdminClient(bootstrap_servers=server)
admin.create_topics([NewTopic(topic, num_partitions=1, replication_factor=1)])
deadline = time.monotonic() + 30
while topic not in admin.list_topics():  # metadata follows the creation
    assert time.monotonic() < deadline, "the topic does not appear"
    time.sleep(0.1)
print("ok admin")

producer = KafkaProducer(bootstrap_servers=server, acks="all", compression_type="gzip")
for i in range(100):
    producer.send(topic, key=b"k%d" % (i % 3), value=b"v%d" % i, headers=[("h", b"x")])
producer.flush()
print("ok producer")

consumer = KafkaConsumer(
    topic, bootstrap_servers=server, group_id=group, auto_offset_reset="earliest",
    enable_auto_commit=False, consumer_timeout_ms=10_000)
seen = []
for record in consumer:
    seen.append(record.value)
    if len(seen) == 60:
        consumer.commit()
    if len(seen) == 100:
        break
assert seen == [b"v%d" % i for i in range(100)], seen
print("ok consumer")
consumer.close(autocommit=False)

try:
    from kafka import KafkaClient  # gone in kafka-python 3
    try:
        KafkaClient(server)
        print("ok KafkaClient of 1.4")
    except TypeError:
        KafkaClient(bootstrap_servers=server).close()
        print("ok KafkaClient of 2.x wants bootstrap_servers=")
except ImportError:
    print("ok KafkaClient is gone")

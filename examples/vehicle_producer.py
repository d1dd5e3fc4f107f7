#!/usr/bin/env python3
"""Sends a vehicle's coordinates to Kafka every 3 seconds, as JSON: {"longitude": int, "latitude": int}.

    pip install kafka-python            (or Debian: apt-get install python3-kafka)
    python3 vehicle_producer.py         against `millrace demo`, or SERVER [TOPIC [COUNT [SECONDS]]]

Works with kafka-python 1.4.7 to 3.x; docs/compat/kafka.md says what older programs need.
"""

import json
import random
import sys
import time

from kafka import KafkaProducer

server = sys.argv[1] if len(sys.argv) > 1 else "localhost:9092"
topic = sys.argv[2] if len(sys.argv) > 2 else "vehicle-coordinates"
count = int(sys.argv[3]) if len(sys.argv) > 3 else 0  # 0: until Ctrl-C
seconds = float(sys.argv[4]) if len(sys.argv) > 4 else 3

producer = KafkaProducer(
    bootstrap_servers=[server],
    value_serializer=lambda value: json.dumps(value).encode("utf-8"),
)
sent = 0
try:
    while count == 0 or sent < count:
        coordinates = {"longitude": random.randint(-180, 180), "latitude": random.randint(-85, 85)}
        written = producer.send(topic, coordinates).get(timeout=30)
        sent += 1
        print(f"{coordinates} -> {written.topic}, partition {written.partition}, offset {written.offset}", flush=True)
        if count == 0 or sent < count:
            time.sleep(seconds)
except KeyboardInterrupt:
    pass
finally:
    producer.close()

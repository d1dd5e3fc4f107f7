#!/usr/bin/env python3
"""A DHT11 sensor on the desk: publishes temperature and humidity, as the course's script does.

Needs Paho for Python (Debian: python3-paho-mqtt). Usage: dht11.py [HOST [PORT [COUNT]]]
"""
import json
import random
import sys
import time

import paho.mqtt.client as mqtt

HOST = sys.argv[1] if len(sys.argv) > 1 else "localhost"
PORT = int(sys.argv[2]) if len(sys.argv) > 2 else 1883
COUNT = int(sys.argv[3]) if len(sys.argv) > 3 else 0  # 0: until Ctrl-C
ACCESS_TOKEN = "DHT11_DEMO_TOKEN"
INTERVAL_SECONDS = 3

client = mqtt.Client() if not hasattr(mqtt, "CallbackAPIVersion") else mqtt.Client(mqtt.CallbackAPIVersion.VERSION1)
client.username_pw_set(ACCESS_TOKEN)
client.connect(HOST, PORT, 60)
client.loop_start()

sent = 0
try:
    while COUNT == 0 or sent < COUNT:
        if sent:
            time.sleep(INTERVAL_SECONDS)
        reading = {"temperature": random.randint(15, 30), "humidity": random.randint(40, 70)}
        info = client.publish("v1/devices/me/telemetry", json.dumps(reading), qos=1)
        info.wait_for_publish()
        print("stored:", reading, flush=True)
        sent += 1
except KeyboardInterrupt:
    pass
client.loop_stop()
client.disconnect()

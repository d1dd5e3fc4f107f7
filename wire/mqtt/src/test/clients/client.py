"""Drives python3-paho-mqtt from the tests: sub | pub | will, then host port transport authority id."""
import sys
import paho.mqtt.client as paho
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

what, host, port, transport, authority, identifier, version, *rest = sys.argv[1:]
five = version == "5"
keep = what == "sub" and rest[0] == "keep"
arguments = {
    "client_id": identifier,
    "transport": "websockets" if transport == "ws" else "tcp",
    "protocol": paho.MQTTv5 if five else paho.MQTTv311,
}
if not five:
    arguments["clean_session"] = not keep
client = paho.Client(**arguments)
if transport == "tls":
    client.tls_set(authority)
if what == "will":
    client.will_set(rest[0], rest[1], 1, False)


def connected(client, *_):
    if what == "sub":
        client.subscribe(rest[1], int(rest[2]))
    else:
        print("ready", flush=True)


client.on_connect = connected
client.on_subscribe = lambda *_: print("ready", flush=True)
client.on_message = lambda _, __, message: print("message " + message.payload.decode(), flush=True)
if five:
    properties = Properties(PacketTypes.CONNECT)
    properties.SessionExpiryInterval = 1000 if keep else 0
    client.connect(host, int(port), clean_start=not keep, properties=properties)
else:
    client.connect(host, int(port))
client.loop_start()
if what == "pub":
    for i in range(1, len(rest), 3):
        payload, qos, retain = rest[i : i + 3]
        client.publish(rest[0], payload, int(qos), retain == "true").wait_for_publish()
else:
    sys.stdin.read()
client.disconnect()
client.loop_stop()

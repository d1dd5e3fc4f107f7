// Drives npm's mqtt from the tests: sub | pub | will, then host port transport authority id.
import fs from 'node:fs'
import mqtt from 'mqtt'

const [what, host, port, transport, authority, id, version, ...rest] = process.argv.slice(2)
const scheme = { tcp: 'mqtt', tls: 'mqtts', ws: 'ws' }[transport]
const keep = what === 'sub' && rest[0] === 'keep'
const options = {
  clientId: id,
  protocolVersion: Number(version),
  clean: !keep,
  reconnectPeriod: 0,
  properties: keep && version === '5' ? { sessionExpiryInterval: 1000 } : undefined,
  ca: transport === 'tls' ? fs.readFileSync(authority) : undefined,
  will: what === 'will' ? { topic: rest[0], payload: rest[1], qos: 1, retain: false } : undefined
}
const path = transport === 'ws' ? '/mqtt' : ''
const client = mqtt.connect(`${scheme}://${host}:${port}${path}`, options)
client.on('error', error => {
  console.error(error.message)
  process.exit(1)
})
client.on('message', (_, payload) => console.log('message ' + payload))
client.on('connect', () => {
  if (what === 'pub') {
    publish(rest[0], rest.slice(1))
  } else if (what === 'sub') {
    client.subscribe(rest[1], { qos: Number(rest[2]) }, () => console.log('ready'))
  } else {
    console.log('ready')
  }
})
// Payload, QoS, retain; then the next three, when the one before is done.
function publish(topic, [payload, qos, retain, ...more]) {
  client.publish(topic, payload, { qos: Number(qos), retain: retain === 'true' }, () => {
    if (more.length > 0) {
      publish(topic, more)
    } else {
      client.end(false, {}, () => process.exit(0))
    }
  })
}
process.stdin.on('end', () => client.end(false, {}, () => process.exit(0)))
process.stdin.resume()

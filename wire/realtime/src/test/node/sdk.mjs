// Firebase's own JavaScript SDK against our port: node sdk.mjs PORT
// Prints one line per claim; ends with 1 when one does not hold.
import assert from 'node:assert/strict';
import { deleteApp, initializeApp } from 'firebase/app';
import * as rtdb from 'firebase/database';

const port = Number(process.argv[2]);
const only = process.argv[3];
let apps = 0;

/** A client of its own, with its own connection. */
function client(namespace = 'sdk-test') {
  const app = initializeApp({ databaseURL: `http://127.0.0.1:${port}/?ns=${namespace}` }, `app${apps++}`);
  return { app, db: rtdb.getDatabase(app), close: () => deleteApp(app) };
}

const tests = {};
const test = (name, body) => { tests[name] = body; };
const until = async (what, holds) => {
  for (let i = 0; i < 500; i++) {
    if (holds()) return;
    await new Promise((r) => setTimeout(r, 10));
  }
  throw new Error(`did not happen: ${what}`);
};

test('set, get, update, remove', async ({ a, b }) => {
  await rtdb.set(rtdb.ref(a, 't1'), { x: 1, y: 'two', z: { deep: true }, list: ['p', 'q'] });
  assert.deepEqual((await rtdb.get(rtdb.ref(b, 't1'))).val(), { x: 1, y: 'two', z: { deep: true }, list: ['p', 'q'] });
  await rtdb.update(rtdb.ref(a), { 't1/x': 2, 't1/z/deep': null, 't1/n/m': 0.5 });
  assert.deepEqual((await rtdb.get(rtdb.ref(b, 't1'))).val(), { x: 2, y: 'two', list: ['p', 'q'], n: { m: 0.5 } });
  await rtdb.remove(rtdb.ref(a, 't1'));
  assert.equal((await rtdb.get(rtdb.ref(b, 't1'))).exists(), false);
});

test('a listener hears the value and each change', async ({ a, b }) => {
  const seen = [];
  const stop = rtdb.onValue(rtdb.ref(b, 't2'), (s) => seen.push(s.val()));
  await until('first value', () => seen.length === 1);
  await rtdb.set(rtdb.ref(a, 't2/n'), 1);
  await rtdb.set(rtdb.ref(a, 't2/n'), 2);
  await rtdb.update(rtdb.ref(a, 't2'), { n: 3, m: 4 });
  await until('last value', () => seen.at(-1)?.m === 4);
  assert.deepEqual(seen, [null, { n: 1 }, { n: 2 }, { n: 3, m: 4 }]);
  stop();
});

test('child events come in order', async ({ a, b }) => {
  const seen = [];
  const ref = rtdb.ref(b, 't3');
  rtdb.onChildAdded(ref, (s, prev) => seen.push(`added ${s.key} after ${prev}`));
  rtdb.onChildChanged(ref, (s, prev) => seen.push(`changed ${s.key} to ${s.val()}`));
  rtdb.onChildRemoved(ref, (s) => seen.push(`removed ${s.key}`));
  rtdb.onChildMoved(ref, (s, prev) => seen.push(`moved ${s.key} after ${prev}`));
  const writer = rtdb.ref(a, 't3');
  await rtdb.set(rtdb.child(writer, 'b'), 1);
  await rtdb.set(rtdb.child(writer, 'a'), 1);
  await rtdb.set(rtdb.child(writer, 'b'), 2);
  await rtdb.setPriority(rtdb.child(writer, 'a'), 5);
  await rtdb.remove(rtdb.child(writer, 'b'));
  await until('all events', () => seen.length >= 6);
  assert.deepEqual(seen.filter((s) => !s.startsWith('changed a')), [
    'added b after null', 'added a after null', 'changed b to 2', 'moved a after b', 'removed b']);
  rtdb.off(ref);
});

test('push ids sort by time', async ({ a, b }) => {
  for (let i = 0; i < 20; i++) await rtdb.push(rtdb.ref(a, 't4'), i);
  const values = [];
  (await rtdb.get(rtdb.ref(b, 't4'))).forEach((c) => { values.push(c.val()); });
  assert.deepEqual(values, [...Array(20).keys()]);
});

test('transactions of two clients lose nothing', async ({ a, b }) => {
  const add = (db) => rtdb.runTransaction(rtdb.ref(db, 't5'), (n) => (n ?? 0) + 1);
  const all = [];
  for (let i = 0; i < 25; i++) all.push(add(a), add(b));
  const results = await Promise.all(all);
  assert.ok(results.every((r) => r.committed));
  assert.equal((await rtdb.get(rtdb.ref(a, 't5'))).val(), 50);
});

test('a transaction on an object sees what the server has', async ({ a, b }) => {
  await rtdb.set(rtdb.ref(a, 't6'), { stock: 3, name: 'x', f: 1.25, big: 123456789012 });
  const result = await rtdb.runTransaction(rtdb.ref(b, 't6'), (v) => v && { ...v, stock: v.stock - 1 });
  assert.equal(result.committed, true);
  assert.equal((await rtdb.get(rtdb.ref(a, 't6/stock'))).val(), 2);
});

test('ordered and limited queries', async ({ a, b }) => {
  await rtdb.set(rtdb.ref(a, 't7'), { a: { h: 3 }, b: { h: 1 }, c: { h: 2 }, d: { h: 'x' }, e: { h: null, q: 1 } });
  const keys = async (...constraints) => {
    const out = [];
    (await rtdb.get(rtdb.query(rtdb.ref(b, 't7'), ...constraints))).forEach((c) => { out.push(c.key); });
    return out;
  };
  assert.deepEqual(await keys(rtdb.orderByChild('h')), ['e', 'b', 'c', 'a', 'd']);
  assert.deepEqual(await keys(rtdb.orderByChild('h'), rtdb.startAt(2)), ['c', 'a', 'd']);
  assert.deepEqual(await keys(rtdb.orderByChild('h'), rtdb.startAfter(2), rtdb.endBefore('x')), ['a']);
  assert.deepEqual(await keys(rtdb.orderByChild('h'), rtdb.equalTo(1)), ['b']);
  assert.deepEqual(await keys(rtdb.orderByKey(), rtdb.limitToLast(2)), ['d', 'e']);
  assert.deepEqual(await keys(rtdb.orderByKey(), rtdb.startAfter('b'), rtdb.limitToFirst(2)), ['c', 'd']);
  assert.deepEqual(await keys(rtdb.limitToFirst(1)), ['a']);
});

test('a query listen follows its window', async ({ a, b }) => {
  const ref = rtdb.ref(a, 't8');
  await rtdb.set(ref, { a: 1, b: 2, c: 3 });
  const seen = [];
  const q = rtdb.query(rtdb.ref(b, 't8'), rtdb.orderByValue(), rtdb.limitToLast(2));
  const stop = rtdb.onValue(q, (s) => seen.push(s.val()));
  await until('first', () => seen.length === 1);
  await rtdb.set(rtdb.child(ref, 'd'), 4);
  await rtdb.set(rtdb.child(ref, 'a'), 0);
  await rtdb.remove(rtdb.child(ref, 'd'));
  await until('back', () => seen.length === 3);
  assert.deepEqual(seen, [{ b: 2, c: 3 }, { c: 3, d: 4 }, { b: 2, c: 3 }]);
  stop();
});

test('two query listens at one path do not mix', async ({ a, b }) => {
  const first = [], last = [];
  rtdb.onValue(rtdb.query(rtdb.ref(b, 't9'), rtdb.limitToFirst(1)), (s) => first.push(s.val()));
  rtdb.onValue(rtdb.query(rtdb.ref(b, 't9'), rtdb.limitToLast(1)), (s) => last.push(s.val()));
  await rtdb.set(rtdb.ref(a, 't9'), { x: 1, y: 2, z: 3 });
  await until('both', () => first.at(-1)?.x === 1 && last.at(-1)?.z === 3);
  assert.deepEqual([first.at(-1), last.at(-1)], [{ x: 1 }, { z: 3 }]);
  rtdb.off(rtdb.ref(b, 't9'));
});

test('server values', async ({ a, b }) => {
  const ref = rtdb.ref(a, 't10');
  await rtdb.set(ref, { at: rtdb.serverTimestamp(), n: rtdb.increment(5) });
  await rtdb.update(ref, { n: rtdb.increment(-2) });
  const value = (await rtdb.get(rtdb.ref(b, 't10'))).val();
  assert.equal(value.n, 3);
  assert.ok(Math.abs(value.at - Date.now()) < 60_000);
});

test('priorities order and come back', async ({ a, b }) => {
  await rtdb.setWithPriority(rtdb.ref(a, 't11/x'), 'last', 9);
  await rtdb.setWithPriority(rtdb.ref(a, 't11/y'), 'first', 1);
  await rtdb.setWithPriority(rtdb.ref(a, 't11/z'), { o: 1 }, 'text');
  const seen = [];
  (await rtdb.get(rtdb.ref(b, 't11'))).forEach((c) => { seen.push([c.key, c.priority, c.exportVal()]); });
  assert.deepEqual(seen, [
    ['y', 1, { '.value': 'first', '.priority': 1 }],
    ['x', 9, { '.value': 'last', '.priority': 9 }],
    ['z', 'text', { o: 1, '.priority': 'text' }]]);
});

test('onDisconnect writes when the client goes, cancelled ones do not', async ({ a }) => {
  const leaving = client();
  await rtdb.set(rtdb.ref(leaving.db, 't12'), { here: true, keep: 1 });
  await rtdb.onDisconnect(rtdb.ref(leaving.db, 't12/here')).set(false);
  await rtdb.onDisconnect(rtdb.ref(leaving.db, 't12')).update({ at: rtdb.serverTimestamp() });
  await rtdb.onDisconnect(rtdb.ref(leaving.db, 't12/keep')).remove();
  await rtdb.onDisconnect(rtdb.ref(leaving.db, 't12/keep')).cancel();
  const seen = [];
  rtdb.onValue(rtdb.ref(a, 't12'), (s) => seen.push(s.val()));
  await until('first', () => seen.length > 0);
  rtdb.goOffline(leaving.db);
  await until('gone', () => seen.at(-1).here === false && seen.at(-1).at > 0);
  assert.equal(seen.at(-1).keep, 1);
  rtdb.off(rtdb.ref(a, 't12'));
  await leaving.close();
});

test('writes made offline arrive after reconnecting', async ({ b }) => {
  const away = client();
  await rtdb.set(rtdb.ref(away.db, 't13'), 'before');
  rtdb.goOffline(away.db);
  const late = rtdb.set(rtdb.ref(away.db, 't13'), 'while away');
  assert.equal((await rtdb.get(rtdb.ref(b, 't13'))).val(), 'before');
  rtdb.goOnline(away.db);
  await late;
  assert.equal((await rtdb.get(rtdb.ref(b, 't13'))).val(), 'while away');
  await away.close();
});

test('.info/connected and the server clock', async ({ a }) => {
  const offset = await new Promise((r) => rtdb.onValue(rtdb.ref(a, '.info/serverTimeOffset'), (s) => r(s.val()), { onlyOnce: true }));
  assert.ok(Math.abs(offset) < 10_000);
  const seen = [];
  const stop = rtdb.onValue(rtdb.ref(a, '.info/connected'), (s) => seen.push(s.val()));
  await until('connected', () => seen.at(-1) === true);
  stop();
});

test('large values travel in pieces, both ways', async ({ a, b }) => {
  const big = {};
  for (let i = 0; i < 3000; i++) big[`key${i}`] = `värde 😀 ${i} ${'x'.repeat(40)}`;
  await rtdb.set(rtdb.ref(a, 't14'), big);
  assert.deepEqual((await rtdb.get(rtdb.ref(b, 't14'))).val(), big);
});

test('many pipelined writes keep their order', async ({ a, b }) => {
  const seen = [];
  const stop = rtdb.onValue(rtdb.ref(b, 't15'), (s) => seen.push(s.val()));
  const all = [];
  for (let i = 0; i < 2000; i++) all.push(rtdb.set(rtdb.ref(a, 't15'), i));
  await Promise.all(all);
  await until('the last', () => seen.at(-1) === 1999);
  const numbers = seen.filter((n) => n !== null);
  assert.deepEqual(numbers, [...numbers].sort((x, y) => x - y));
  stop();
});

test('a listen that was kept over a reconnect is current', async ({ a }) => {
  const other = client();
  const seen = [];
  rtdb.onValue(rtdb.ref(other.db, 't16'), (s) => seen.push(s.val()));
  await until('first', () => seen.length === 1);
  await rtdb.set(rtdb.ref(a, 't16'), { v: 1 });
  await until('second', () => seen.length === 2);
  rtdb.goOffline(other.db);
  await rtdb.set(rtdb.ref(a, 't16/v'), 2);
  rtdb.goOnline(other.db);
  await until('third', () => seen.at(-1)?.v === 2);
  assert.deepEqual(seen, [null, { v: 1 }, { v: 2 }]);
  await other.close();
});

test('databases are apart', async ({ a }) => {
  const elsewhere = client('another-db');
  await rtdb.set(rtdb.ref(elsewhere.db, 'only'), 1);
  assert.equal((await rtdb.get(rtdb.ref(a, 'only'))).exists(), false);
  await elsewhere.close();
});

let failed = 0;
const one = client();
const two = client();
for (const [name, body] of Object.entries(tests)) {
  if (only && !name.includes(only)) continue;
  const limit = new Promise((_, no) => setTimeout(() => no(new Error('took longer than 20 s')), 20_000).unref());
  try {
    await Promise.race([body({ a: one.db, b: two.db }), limit]);
    console.log(`ok ${name}`);
  } catch (e) {
    failed++;
    console.log(`FAILED ${name}\n${e.stack}`);
  }
}
await one.close();
await two.close();
process.exit(failed ? 1 : 0);

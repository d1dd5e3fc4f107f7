// Firebase's Admin SDK against our port: node admin.mjs PORT TOKEN
// TOKEN is what the Admin SDK presents as its OAuth access token.
import assert from 'node:assert/strict';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { getDatabase, ServerValue } from 'firebase-admin/database';

const [port, token] = [process.argv[2], process.argv[3]];
const app = initializeApp({
  databaseURL: `http://127.0.0.1:${port}/?ns=admin-test`,
  credential: { getAccessToken: async () => ({ access_token: token, expires_in: 3600 }) },
});
const db = getDatabase(app);
const limit = setTimeout(() => { console.log('FAILED took longer than 20 s'); process.exit(1); }, 20_000);
try {
  await db.ref('a').set({ n: 1, list: [1, 2], at: ServerValue.TIMESTAMP });
  const seen = (await db.ref('a').once('value')).val();
  assert.equal(seen.n, 1);
  assert.ok(seen.at > 1_600_000_000_000);
  const result = await db.ref('a/n').transaction((n) => (n ?? 0) + 41);
  assert.equal(result.snapshot.val(), 42);
  const last = await db.ref('a/list').orderByValue().limitToLast(1).once('value');
  assert.deepEqual(Object.values(last.val()).filter((v) => v != null), [2]);
  console.log('ok admin');
} catch (e) {
  console.log(`FAILED admin\n${e.stack}`);
  process.exitCode = 1;
}
clearTimeout(limit);
await deleteApp(app);
process.exit();

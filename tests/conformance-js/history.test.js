// Proofs at every height that a node keeps, of keys that come, change and go: existence by @confio/ics23, absence by the rules in
// smt.js, each against the app hash in the header after it.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { connectComet } from "@cosmjs/tendermint-rpc";
import { addressOf, faucet, sendTx, startNode, stopNode } from "./node.js";
import { verifyState } from "./smt.js";

const RETAIN_BLOCKS = 40;
const HEIGHT_OF_STORY = 12; // late enough that heights before it are still kept in the end
const HEIGHTS_MIN = 5;
const ACCOUNT = 0x01; // prefixes in the store "market"
const DID_DOCUMENT = 0x09;
const account = randomBytes(20);
const keys = {
  anchor: Buffer.from([0x00]),
  account: Buffer.concat([Buffer.from([ACCOUNT]), account]),
  stranger: Buffer.concat([Buffer.from([ACCOUNT]), randomBytes(20)]),
};

let node;
let client;

before(async () => {
  node = await startNode({ retain_blocks: RETAIN_BLOCKS });
  client = await connectComet(node.url);
  keys.document = Buffer.concat([Buffer.from([DID_DOCUMENT]), await addressOf(node, "alice")]);
});

after(async () => {
  client?.disconnect();
  if (node) await stopNode(node);
});

const tip = async () => (await client.status()).syncInfo.latestBlockHeight;

/** The value that is proven at a height, null for one that is proven absent; undefined where the height is not kept. */
async function provenAt(key, height) {
  const answer = await client.abciQuery({ path: "/store/market/key", data: key, prove: true, height }).catch(() => undefined);
  if (!answer || answer.code !== 0 || !answer.proof) return undefined;
  assert.equal(answer.height, height);
  const appHash = Buffer.from((await client.commit(height + 1)).header.appHash);
  const value = answer.value.length > 0 ? Buffer.from(answer.value) : null;
  const ops = answer.proof.ops.map((op) => ({ type: op.type, key: Buffer.from(op.key), data: Buffer.from(op.data) }));
  verifyState(appHash, "market", key, value, ops);
  // The same operations prove nothing else, and nothing under another height's hash.
  assert.throws(() => verifyState(appHash, "market", key, value === null ? Buffer.from("x") : null, ops));
  const other = Buffer.from((await client.commit(height)).header.appHash);
  if (!other.equals(appHash)) assert.throws(() => verifyState(other, "market", key, value, ops));
  return value;
}

test("every kept height proves what it held and what it did not, from the oldest to the newest", async () => {
  while ((await tip()) < HEIGHT_OF_STORY) await sleep(100);
  await faucet(node, account.toString("hex"), "5");
  await sendTx(node, "alice", "grant", "did", randomBytes(32).toString("hex"));
  await faucet(node, account.toString("hex"), "7");
  await sendTx(node, "alice", "grant", "did", "none");
  await faucet(node, account.toString("hex"), "1");
  // The chain outgrows what the node keeps.
  while ((await tip()) < RETAIN_BLOCKS + 3) await sleep(100);

  const heights = [];
  for (let height = 1; height < (await tip()); height++) {
    const held = {};
    for (const [name, key] of Object.entries(keys)) held[name] = await provenAt(key, height);
    if (!Object.values(held).includes(undefined)) heights.push({ height, ...held });
    else assert.equal(heights.length, 0, `height ${height} is missing behind the oldest`);
  }

  assert.ok(heights.length >= HEIGHTS_MIN, `${heights.length} heights are proven`);
  const oldest = heights[0].height;
  assert.ok(oldest > 1, "the oldest heights are gone");
  assert.equal(await provenAt(keys.anchor, oldest - 1), undefined, "what is not kept is not answered");
  assert.ok(heights.every(({ anchor, stranger }) => anchor.toString() === "market" && stranger === null));

  // The account comes and changes twice; the document comes and goes.
  const values = (name) => heights.map((at) => at[name]?.toString("hex") ?? "absent").filter((value, i, all) => value !== all[i - 1]);
  const [before, ...paid] = values("account");
  assert.equal(before, "absent");
  assert.equal(new Set(paid).size, 3);
  const [none, there, ...deleted] = values("document");
  assert.equal(none, "absent");
  assert.notEqual(there, "absent");
  assert.deepEqual(deleted, ["absent"]);
});

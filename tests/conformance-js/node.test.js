// The running node, as CosmJS (Comet38Client) and ICS-23 see it.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { request } from "node:http";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Comet38Client, connectComet } from "@cosmjs/tendermint-rpc";
import { dataHash, headerHash, validatorsHash, verifiesPrecommit } from "./light.js";
import { faucet, startNode, stopNode } from "./node.js";
import { sha256, verifyState } from "./smt.js";

const ACCOUNT = 0x01; // prefix of an account's key in the store "market"
const ANCHOR = Buffer.from([0x00]); // every store's permanent key, which holds the store's name
const PROVE_MS_MAX = 10_000;

let node;
let client;
const account = randomBytes(20);
const accountKey = Buffer.concat([Buffer.from([ACCOUNT]), account]);
let heightBefore;

before(async () => {
  node = await startNode();
  client = await connectComet(node.url);
  // Height 0, the genesis state, cannot be asked for by number: 0 means "the newest".
  do heightBefore = (await newestProof("market", accountKey)).height;
  while (heightBefore < 1);
  await faucet(node, account.toString("hex"), "5");
});

after(async () => {
  client?.disconnect();
  if (node) assert.equal(await stopNode(node), 0, "a planned stop ends with 0");
});

/** Answers an abci_query with proof, once the node has a provable state at all. */
async function newestProof(store, key, height) {
  for (const end = Date.now() + PROVE_MS_MAX; ; await sleep(100)) {
    try {
      return await client.abciQuery({ path: `/store/${store}/key`, data: key, prove: true, ...(height ? { height } : {}) });
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}

/** The state after block H is in the header of block H+1. */
const appHashOf = async (height) => Buffer.from((await client.commit(height + 1)).header.appHash);

const opsOf = (answer) => answer.proof.ops.map((op) => ({ type: op.type, key: Buffer.from(op.key), data: Buffer.from(op.data) }));

/** The block that pays the account. */
async function blockOfFaucet() {
  const tip = (await client.status()).syncInfo.latestBlockHeight;
  for (let height = 1; height <= tip; height++) {
    const { block } = await client.block(height);
    if (block.txs.length > 0) return { height, block };
  }
  throw new Error("no block with a transaction");
}

test("connectComet picks the client of CometBFT 0.38", () => {
  assert.ok(client instanceof Comet38Client);
});

test("status, abci_info, genesis and health decode and agree", async () => {
  const status = await client.status();
  const info = await client.abciInfo();
  const genesis = await client.genesis();
  await client.health();
  assert.match(status.nodeInfo.version, /^0\.38\./);
  assert.equal(genesis.chainId, status.nodeInfo.network);
  assert.ok(status.syncInfo.latestBlockHeight >= 1);
  assert.equal(status.syncInfo.latestAppHash.length, 32);
  assert.equal(status.syncInfo.catchingUp, false);
  assert.ok(info.lastBlockHeight >= 1);
  assert.equal(info.lastBlockAppHash.length, 32);
  assert.equal(status.validatorInfo.pubkey.algorithm, "ed25519");
});

test("every header, commit and validator set is what a light client recomputes", async () => {
  const { chainId } = await client.genesis();
  const tip = (await client.status()).syncInfo.latestBlockHeight;
  for (let height = 1; height <= tip; height++) {
    const { header, commit } = await client.commit(height);
    const { validators, total } = await client.validators({ height, per_page: 100 });
    assert.equal(validators.length, total);
    assert.deepEqual(headerHash(header), Buffer.from(commit.blockId.hash), `header ${height}`);
    assert.deepEqual(validatorsHash(validators), Buffer.from(header.validatorsHash));
    for (const hash of ["lastCommitHash", "dataHash", "consensusHash", "appHash", "lastResultsHash", "evidenceHash"]) {
      assert.equal(header[hash].length, 32, hash);
    }
    let voted = 0n;
    for (const signature of commit.signatures.filter((s) => s.blockIdFlag === 2)) {
      const validator = validators.find((v) => Buffer.compare(v.address, signature.validatorAddress) === 0);
      assert.deepEqual(sha256(validator.pubkey.data).subarray(0, 20), Buffer.from(validator.address));
      assert.ok(verifiesPrecommit(chainId, commit, signature, validator), `signature at ${height}`);
      voted += validator.votingPower;
    }
    assert.ok(voted * 3n > validators.reduce((sum, v) => sum + v.votingPower, 0n) * 2n);
  }
});

test("block, block_results and tx agree on the faucet's transaction", async () => {
  const { height, block } = await blockOfFaucet();
  assert.equal(block.header.height, height);
  assert.deepEqual(dataHash(block.txs), Buffer.from(block.header.dataHash));
  const results = await client.blockResults(height);
  assert.equal(results.height, height);
  assert.equal(results.results.length, block.txs.length);
  const hash = sha256(block.txs[0]);
  const found = await client.tx({ hash, prove: true });
  assert.equal(found.height, height);
  assert.equal(found.index, 0);
  assert.equal(found.result.code, 0);
  assert.deepEqual(found.result, results.results[0]);
  assert.ok(found.result.events.length > 0);
  assert.ok(found.result.gasUsed > 0n);
  assert.deepEqual(Buffer.from(found.tx), Buffer.from(block.txs[0]));
  assert.deepEqual(Buffer.from(found.proof.rootHash), Buffer.from(block.header.dataHash));
});

test("tx_search and block_search find the faucet's transaction", async () => {
  const { height, block } = await blockOfFaucet();
  const hash = Buffer.from(sha256(block.txs[0])).toString("hex").toUpperCase();
  const byHash = await client.txSearch({ query: `tx.hash='${hash}'` });
  assert.equal(byHash.totalCount, 1);
  assert.equal(byHash.txs[0].height, height);
  assert.deepEqual(Buffer.from(byHash.txs[0].tx), Buffer.from(block.txs[0]));

  const byHeight = await client.txSearchAll({ query: `tx.height>=${height} AND tx.height<=${height}` });
  assert.equal(byHeight.totalCount, block.txs.length);
  assert.deepEqual(byHeight.txs.map((tx) => tx.index), block.txs.map((_, index) => index));

  const event = byHash.txs[0].result.events.find(({ attributes }) => attributes.length > 0);
  const [{ key, value }] = event.attributes;
  const byEvent = await client.txSearch({ query: `${event.type}.${key}='${value}'`, prove: true, order_by: "desc" });
  assert.ok(byEvent.txs.some((tx) => tx.height === height));
  assert.ok(byEvent.txs[0].proof.data.length > 0);

  const blocks = await client.blockSearchAll({ query: `block.height>=1 AND block.height<=${height}`, per_page: 2 });
  assert.equal(blocks.totalCount, height);
  const heights = blocks.blocks.map(({ block: found }) => found.header.height).sort((a, b) => a - b);
  assert.deepEqual(heights, [...Array(height).keys()].map((i) => i + 1));

  await assert.rejects(client.txSearch({ query: "tx.height>=1 OR tx.height=5" }), /failed to parse query/);
});

test("consensus_state names the running height and its proposer", async () => {
  const { result } = await (await fetch(`${node.url}/consensus_state`)).json();
  assert.match(result.round_state["height/round/step"], /^\d+\/\d+\/\d+$/);
  const { validatorInfo } = await client.status();
  assert.equal(result.round_state.proposer.address, Buffer.from(validatorInfo.address).toString("hex").toUpperCase());
});

test("a page that calls by a name which is not this node's is refused", async () => {
  const { hostname, port } = new URL(node.url);
  const status = await new Promise((resolve, reject) => {
    request({ hostname, port, path: "/status", headers: { Host: "rebound.example" } }, (answer) => resolve(answer.resume().statusCode))
      .on("error", reject).end();
  });
  assert.equal(status, 403);
});

test("a transaction that is none is refused with a code, and a missing one is not found", async () => {
  const answer = await client.broadcastTxSync({ tx: randomBytes(40) });
  assert.notEqual(answer.code, 0);
  await assert.rejects(client.tx({ hash: randomBytes(32) }), /not found/);
  await assert.rejects(client.block(1_000_000_000));
});

test("what the state holds is proven in two steps, store and app hash", async () => {
  for (const [store, key] of [["market", ANCHOR], ["meta", ANCHOR], ["ibc", ANCHOR], ["market", accountKey]]) {
    const answer = await newestProof(store, key);
    const appHash = await appHashOf(answer.height);
    const value = Buffer.from(answer.value);
    const ops = opsOf(answer);
    assert.ok(value.length > 0);
    if (key === ANCHOR) assert.equal(value.toString(), store);
    verifyState(appHash, store, key, value, ops);

    const refuses = (...args) => assert.throws(() => verifyState(...args));
    refuses(sha256(appHash), store, key, value, ops);
    refuses(appHash, store === "meta" ? "market" : "meta", key, value, ops);
    refuses(appHash, store, Buffer.concat([key, key]), value, ops);
    refuses(appHash, store, key, Buffer.concat([value, Buffer.from([0])]), ops);
    refuses(appHash, store, key, null, ops);
    refuses(appHash, store, key, value, [ops[1], ops[0]]);
    refuses(appHash, store, key, value, [ops[0]]);
  }
});

test("no changed byte of a proof is accepted for another value", async () => {
  const answer = await newestProof("market", accountKey);
  const appHash = await appHashOf(answer.height);
  const ops = opsOf(answer);
  const forged = Buffer.from(answer.value);
  forged[forged.length - 1] ^= 1;
  for (const op of [0, 1]) {
    for (let i = 0; i < ops[op].data.length; i++) {
      const data = Buffer.from(ops[op].data);
      data[i] ^= 0x01;
      const changed = ops.map((o, at) => (at === op ? { ...o, data } : o));
      assert.throws(() => verifyState(appHash, "market", accountKey, forged, changed), `byte ${i} of operation ${op}`);
    }
  }
});

test("what the state does not hold is proven absent, and only that", async () => {
  for (let i = 0; i < 40; i++) {
    const key = Buffer.concat([Buffer.from([ACCOUNT]), randomBytes(20)]);
    const answer = await newestProof("market", key);
    assert.equal(answer.value.length, 0);
    const appHash = await appHashOf(answer.height);
    const ops = opsOf(answer);
    verifyState(appHash, "market", key, null, ops);
    assert.throws(() => verifyState(sha256(appHash), "market", key, null, ops));
    assert.throws(() => verifyState(appHash, "market", key, Buffer.from("x"), ops));
    const [lower, upper] = ops;
    assert.throws(() => verifyState(appHash, "market", accountKey, null, [{ ...lower, key: accountKey }, upper]));
  }
});

test("the account is proven absent at the height before it was paid", async () => {
  const answer = await newestProof("market", accountKey, heightBefore);
  assert.equal(answer.height, heightBefore);
  verifyState(await appHashOf(heightBefore), "market", accountKey, null, opsOf(answer));
});

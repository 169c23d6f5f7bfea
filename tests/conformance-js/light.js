// What a light client of CometBFT v0.38 recomputes from /commit and /validators, written against its specification alone:
// the header's hash, the validator set's hash, and the bytes that each validator signed.
import { createPublicKey, verify } from "node:crypto";
import { sha256 } from "./smt.js";

const EMPTY = Buffer.alloc(0);
const SPKI_ED25519 = Buffer.from("302a300506032b6570032100", "hex");

function varint(value) {
  const bytes = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return Buffer.from([...bytes, Number(rest)]);
}

const delimited = (bytes) => Buffer.concat([varint(bytes.length), bytes]);
const number = (field, value) => (BigInt(value) === 0n ? EMPTY : Buffer.concat([varint(field << 3), varint(value)]));
const message = (field, bytes) => Buffer.concat([varint((field << 3) | 2), delimited(bytes)]);
const bytes = (field, value) => (value.length === 0 ? EMPTY : message(field, Buffer.from(value)));

function sfixed64(field, value) {
  if (BigInt(value) === 0n) return EMPTY;
  const fixed = Buffer.alloc(8);
  fixed.writeBigInt64LE(BigInt(value));
  return Buffer.concat([varint((field << 3) | 1), fixed]);
}

function timestamp(time) {
  const ms = time.getTime();
  const nanos = (((ms % 1000) + 1000) % 1000) * 1e6 + (time.nanoseconds ?? 0);
  return Buffer.concat([number(1, Math.floor(ms / 1000)), number(2, nanos)]);
}

/** BlockID, and its canonical form, which has the same fields. A missing id has an empty part-set header alone. */
function blockId(id) {
  if (!id || id.hash.length === 0) return message(2, EMPTY);
  return Buffer.concat([bytes(1, id.hash), message(2, Buffer.concat([number(1, id.parts.total), bytes(2, id.parts.hash)]))]);
}

/** RFC 6962 over SHA-256. */
function merkleRoot(leaves) {
  if (leaves.length === 0) return sha256(EMPTY);
  if (leaves.length === 1) return sha256(Buffer.concat([Buffer.from([0]), leaves[0]]));
  const split = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return sha256(Buffer.concat([Buffer.from([1]), merkleRoot(leaves.slice(0, split)), merkleRoot(leaves.slice(split))]));
}

export function headerHash(header) {
  return merkleRoot([
    Buffer.concat([number(1, header.version.block), number(2, header.version.app)]),
    bytes(1, Buffer.from(header.chainId)),
    number(1, header.height),
    timestamp(header.time),
    blockId(header.lastBlockId),
    ...[
      header.lastCommitHash, header.dataHash, header.validatorsHash, header.nextValidatorsHash, header.consensusHash,
      header.appHash, header.lastResultsHash, header.evidenceHash, header.proposerAddress,
    ].map((value) => bytes(1, value)),
  ]);
}

/** Over the validators in set order: power descending, then address ascending. */
export function validatorsHash(validators) {
  const sorted = [...validators].sort((a, b) =>
    a.votingPower === b.votingPower ? Buffer.compare(a.address, b.address) : a.votingPower > b.votingPower ? -1 : 1);
  return merkleRoot(sorted.map((v) => Buffer.concat([message(1, message(1, Buffer.from(v.pubkey.data))), number(2, v.votingPower)])));
}

/** data_hash: over the transactions' own hashes. */
export const dataHash = (transactions) => merkleRoot(transactions.map((transaction) => sha256(transaction)));

/** True when the commit's signature is the validator's over its precommit for the block. OpenSSL verifies. */
export function verifiesPrecommit(chainId, commit, signature, validator) {
  const vote = Buffer.concat([
    number(1, 2), sfixed64(2, commit.height), sfixed64(3, commit.round), message(4, blockId(commit.blockId)),
    message(5, timestamp(signature.timestamp)), bytes(6, Buffer.from(chainId)),
  ]);
  const key = createPublicKey({ key: Buffer.concat([SPKI_ED25519, validator.pubkey.data]), format: "der", type: "spki" });
  return verify(null, delimited(vote), key, signature.signature);
}

// State proofs as other chains' light clients check them: two ICS-23 operations, key in its store's tree, then the store's
// root in the app hash. Existence is judged by @confio/ics23; its absence check predates the rules for hashed keys and
// empty subtrees, so those stand here, after the Go library (cosmos/ics23 go/proof.go).
import { createHash } from "node:crypto";
import ics23lib from "@confio/ics23";

const { ics23, tendermintSpec, verifyExistence, verifyMembership } = ics23lib;
const { HashOp, LengthOp } = ics23;
const EMPTY = Buffer.alloc(32);

/** The chain's trees: ICS-23's SmtSpec with keys hashed in the leaf and before they are compared. */
export const smtSpec = {
  leafSpec: {
    hash: HashOp.SHA256,
    prehashKey: HashOp.SHA256,
    prehashValue: HashOp.SHA256,
    length: LengthOp.NO_PREFIX,
    prefix: Uint8Array.from([0]),
  },
  innerSpec: { childOrder: [0, 1], childSize: 32, minPrefixLength: 1, maxPrefixLength: 1, emptyChild: EMPTY, hash: HashOp.SHA256 },
  maxDepth: 256,
};

export const sha256 = (bytes) => createHash("sha256").update(bytes).digest();
const equal = (a, b) => Buffer.compare(a, b) === 0;

/** Where an inner step's own node stands, 0 left or 1 right, and the sibling's hash. */
function placeOf({ prefix, suffix }) {
  if (prefix.length === 1 && suffix.length === 32) return { branch: 0, sibling: suffix };
  if (prefix.length === 33 && suffix.length === 0) return { branch: 1, sibling: prefix.subarray(1) };
  throw new Error("an inner step has one sibling");
}

/** True when every step comes from that side, or its sibling there is an empty subtree. */
const isOutermost = (path, side) => path.map(placeOf).every(({ branch, sibling }) => branch === side || equal(sibling, EMPTY));

/** True when no leaf can stand between the two: they part at one node, and each keeps to the inner edge below it. */
function areNeighbours(left, right) {
  const [l, r] = [[...left], [...right]];
  while (l.length && r.length && equal(l.at(-1).prefix, r.at(-1).prefix) && equal(l.at(-1).suffix, r.at(-1).suffix)) {
    l.pop();
    r.pop();
  }
  if (!l.length || !r.length) return false;
  return placeOf(l.pop()).branch === 0 && placeOf(r.pop()).branch === 1 && isOutermost(l, 1) && isOutermost(r, 0);
}

/** Throws unless the proof shows that the tree with this root holds nothing under the key. Its own key field says nothing. */
export function verifyAbsence({ left, right }, root, key) {
  const place = sha256(key);
  for (const side of [left, right]) if (side) verifyExistence(side, smtSpec, root, side.key, side.value);
  if (left && Buffer.compare(sha256(left.key), place) >= 0) throw new Error("the left neighbour is not to the left");
  if (right && Buffer.compare(place, sha256(right.key)) >= 0) throw new Error("the right neighbour is not to the right");
  if (left && right ? !areNeighbours(left.path, right.path)
    : left ? !isOutermost(left.path, 1)
    : right ? !isOutermost(right.path, 0) : true) throw new Error("a leaf may stand between the neighbours");
}

/** Throws unless the operations show that the state with this app hash holds `value` (or nothing, when null) under the key. */
export function verifyState(appHash, store, key, value, ops) {
  const name = Buffer.from(store);
  const [lower, upper] = ops;
  if (ops.length !== 2 || lower.type !== "ics23:smt" || upper.type !== "ics23:simple") throw new Error("two operations, lowest first");
  if (!equal(lower.key, key) || !equal(upper.key, name)) throw new Error("the operations are about other keys");
  const storeProof = ics23.CommitmentProof.decode(upper.data);
  const storeRoot = storeProof.exist?.value;
  if (!storeRoot || !verifyMembership(storeProof, tendermintSpec, appHash, name, storeRoot)) throw new Error("not the store's root");
  const proof = ics23.CommitmentProof.decode(lower.data);
  if (value === null) {
    if (!proof.nonexist) throw new Error("no proof of absence");
    verifyAbsence(proof.nonexist, storeRoot, key);
  } else if (!verifyMembership(proof, smtSpec, storeRoot, key, value)) throw new Error("not the value");
}

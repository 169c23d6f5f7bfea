// The verifier itself, against the vectors of cosmos/ics23 (testdata/smt), before it judges the node.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import ics23lib from "@confio/ics23";
import { smtSpec, verifyAbsence } from "./smt.js";

const here = dirname(fileURLToPath(import.meta.url));
const vectors = join(process.env.CHAIN_VECTORS ?? join(here, "../../../shared/vectors"), "ics23/smt");
const skip = existsSync(vectors) ? false : `no vectors at ${vectors}; set CHAIN_VECTORS to the folder that holds them`;
const bytes = (hex) => Buffer.from(hex, "hex");

function load(name) {
  const { root, proof, key, value } = JSON.parse(readFileSync(join(vectors, `${name}.json`)));
  return { root: bytes(root), proof: ics23lib.ics23.CommitmentProof.decode(bytes(proof)), key: bytes(key), value: bytes(value) };
}

for (const side of ["left", "middle", "right"]) {
  test(`existence vector ${side} is accepted and its forgeries refused`, { skip }, () => {
    const { root, proof, key, value } = load(`exist_${side}`);
    const accepts = (...args) => ics23lib.verifyMembership(proof, smtSpec, ...args);
    assert.ok(accepts(root, key, value));
    assert.ok(!accepts(root, key, Buffer.concat([value, value])));
    assert.ok(!accepts(Buffer.alloc(32), key, value));
    assert.ok(!accepts(root, value, value));
  });

  test(`absence vector ${side} is accepted and its forgeries refused`, { skip }, () => {
    const { root, proof, key } = load(`nonexist_${side}`);
    const { left, right } = proof.nonexist;
    verifyAbsence(proof.nonexist, root, key);
    const refuses = (nonexist, r = root, k = key) => assert.throws(() => verifyAbsence(nonexist, r, k));
    refuses({ left, right }, Buffer.alloc(32));
    refuses({ left, right }, root, Buffer.from("another"));
    refuses({ left: null, right: null });
    refuses({ left: right, right: left });
    const present = load("exist_middle");
    if (left && right) {
      refuses({ left, right: null });
      refuses({ left: null, right });
      refuses({ left, right }, root, left.key);
    } else {
      refuses({ left, right }, present.root, present.key);
    }
  });
}

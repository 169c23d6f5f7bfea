// Starts and ends the real node. What the tests need of the command line stands here and nowhere else.
import { execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const chain = process.env.CHAIN_DLL ?? join(root, "artifacts/bin/Chain.Cli/release/chain.dll");
const START_MS_MAX = 60_000;
const STOP_MS_MAX = 15_000;

const devArguments = (home, port) => ["dev", "--home", home, "--port", String(port)];
const faucetArguments = (node, address, amount) => ["faucet", address, amount, "--node", node.url, "--home", node.home, "--json"];

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Waits until the node has a block: before its first one a status has no block hash, as CometBFT's, and CosmJS refuses to connect. */
async function waitForBlock(node) {
  for (const end = Date.now() + START_MS_MAX; Date.now() < end; await sleep(100)) {
    if (node.process.exitCode !== null) throw new Error(`the node ended with ${node.process.exitCode}:\n${node.output()}`);
    const answer = await fetch(`${node.url}/status`).then((response) => response.json()).catch(() => null);
    if (Number(answer?.result?.sync_info.latest_block_height) > 0) return;
  }
  throw new Error(`the node made no block within ${START_MS_MAX} ms:\n${node.output()}`);
}

/**
 * A development node in a folder of its own, on a free port, once it has a block. End it with stopNode.
 * `settings` go into its configuration, after a first run has made it.
 */
export async function startNode(settings) {
  const home = await mkdtemp(join(tmpdir(), "chain-conformance-"));
  const port = await freePort();
  if (!settings) return runNode(home, port);
  await endProcess(await runNode(home, port));
  const file = join(home, "config/node.json");
  await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file)), ...settings }));
  return runNode(home, port);
}

async function runNode(home, port) {
  const child = spawn("dotnet", [chain, ...devArguments(home, port)], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output = (output + text).slice(-4000)));
  const node = { home, url: `http://127.0.0.1:${port}`, process: child, output: () => output };
  try {
    await waitForBlock(node);
  } catch (error) {
    await stopNode(node);
    throw error;
  }
  return node;
}

/** Asks the node to stop, insists when it does not, and removes its folder. Returns its exit status. */
export async function stopNode(node) {
  await endProcess(node);
  await rm(node.home, { recursive: true, force: true });
  return node.process.exitCode;
}

async function endProcess({ process: child }) {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    const insist = setTimeout(() => child.kill("SIGKILL"), STOP_MS_MAX);
    await ended;
    clearTimeout(insist);
  }
}

/** Has the faucet pay an address (40 hex digits) and waits until that is in a block. Returns what the command printed. */
export const faucet = (node, address, amount) => run(faucetArguments(node, address, amount));

/** Sends a transaction of one of the funded people and waits until it is in a block. Returns what the command printed. */
export const sendTx = (node, from, ...words) => run(["tx", ...words, "--from", from, "--wait", "--node", node.url, "--home", node.home, "--json"]);

/** The address, 20 bytes, of one of the funded people. */
export async function addressOf(node, name) {
  const { public_key: key } = await run(["keys", "show", name, "--home", node.home, "--json"]);
  return createHash("sha256").update(Buffer.from(key, "hex")).digest().subarray(0, 20);
}

async function run(words) {
  const { stdout } = await promisify(execFile)("dotnet", [chain, ...words]);
  return JSON.parse(stdout);
}

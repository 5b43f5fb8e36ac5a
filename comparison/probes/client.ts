/**
 * The program that asks node ports. It runs where the client is, and prints the answers as one line of JSON.
 * Usage: client.ts TARGETS, where TARGETS is JSON: [{"node": "node-a", "address": "10.0.0.10", "port": 30080}, ...]
 */
import { httpTransport } from "../traffic/http.ts";
import { askNodePorts } from "./nodePorts.ts";
import type { NodePortTarget } from "./probes.ts";

const [targets] = process.argv.slice(2);
if (targets === undefined) throw new Error("usage: client.ts TARGETS");
console.log(JSON.stringify(await askNodePorts(JSON.parse(targets) as NodePortTarget[], httpTransport)));

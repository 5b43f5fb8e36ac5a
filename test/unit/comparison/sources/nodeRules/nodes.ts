/**
 * Two nodes of the lab with kube-proxy 1.35.4: their rules as nft 1.0.6 lists them, one object a line, without handles. node-a and node-b each run a pod of the
 * Services of the namespace `shop`, node-c none. The files in `1.36/` are of the same Services with kube-proxy 1.36.3.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DataPathFacts, EntranceFacts } from "../../../../../comparison/model/dataPath.ts";
import type { ServiceFacts } from "../../../../../comparison/model/service.ts";
import { dataPathOf } from "../../../../../comparison/sources/nodeRules/dataPath.ts";

export type NodeName = "node-a" | "node-c";

interface Rule {
  readonly chain: string;
  readonly expr: unknown[];
}
interface Entries {
  readonly name: string;
  elem?: unknown[];
}
interface Chain {
  readonly name: string;
  policy?: string;
}
type Listed =
  { readonly rule: Rule } | { readonly map: Entries } | { readonly set: Entries } | { readonly chain: Chain };

/** A node's rules, to be changed by a test. */
export class NodeRules {
  readonly objects: Listed[];
  readonly node: NodeName;

  /** @param version of kube-proxy. @default 1.35 */
  constructor(node: NodeName, version?: "1.36") {
    this.node = node;

    const lines = readFileSync(join(import.meta.dirname, version ?? "", `${node}.jsonl`), "utf8")
      .trim()
      .split("\n");
    this.objects = lines.map((line) => JSON.parse(line) as Listed);
  }

  /** Puts a rule into a chain, before its others or, with a number, after so many of them. */
  insert(chain: string, expr: unknown[], after = 0): this {
    const rules = this.rules(chain);
    const before = rules[after];
    const at = before === undefined ? this.objects.length : this.objects.indexOf(before);
    this.objects.splice(at, 0, { rule: { chain, expr } });
    return this;
  }

  remove(chain: string, index: number): this {
    const rule = this.rules(chain)[index];
    assert.ok(rule);
    this.objects.splice(this.objects.indexOf(rule), 1);
    return this;
  }

  add(object: Listed): this {
    this.objects.push(object);
    return this;
  }

  /** The chain with this beginning; a Service's have a hash in their names. */
  chain(beginning: string, part: string): string {
    const names = this.objects.flatMap((object) => ("chain" in object ? object.chain.name : []));
    const name = names.find((each) => each.startsWith(beginning) && each.includes(part));
    assert.ok(name, `${beginning} ${part}`);
    return name;
  }

  map(name: string): Entries {
    const found = this.objects.find((object) => "map" in object && object.map.name === name);
    assert.ok(found !== undefined && "map" in found);
    return found.map;
  }

  dataPath(service: ServiceFacts): DataPathFacts {
    return dataPathOf(
      this.node,
      { mode: "nftables", rules: JSON.stringify({ nftables: this.objects }) },
      service,
    );
  }

  private rules(chain: string): Listed[] {
    return this.objects.filter((object) => "rule" in object && object.rule.chain === chain);
  }
}

/** A Service of the namespace `shop`, with one TCP port 80 and the rest by default. */
export function service(name: string, facts: Partial<ServiceFacts>): ServiceFacts {
  return {
    identity: { name, id: `uid of ${name}` },
    namespace: "shop",
    owner: "program",
    type: "NodePort",
    selector: { app: "echo" },
    clusterIPs: [],
    ipFamilies: ["IPv4"],
    ipFamilyPolicy: "SingleStack",
    externalIPs: [],
    ports: [{ name: "http", protocol: "TCP", port: 80, targetPort: 8080 }],
    externalTrafficPolicy: "Cluster",
    internalTrafficPolicy: "Cluster",
    sessionAffinity: "None",
    publishNotReadyAddresses: false,
    loadBalancerSourceRanges: [],
    ingress: [],
    finalizers: [],
    annotations: {},
    ...facts,
  };
}

/** One TCP port 80 with a node port. */
export function http(nodePort: number): ServiceFacts["ports"] {
  return [{ name: "http", protocol: "TCP", port: 80, targetPort: 8080, nodePort }];
}

export function entrance(
  { entrances }: DataPathFacts,
  kind: EntranceFacts["kind"],
  protocol = "TCP",
): EntranceFacts {
  const found = entrances.find((each) => each.kind === kind && each.protocol === protocol);
  assert.ok(found, `no ${kind} among ${JSON.stringify(entrances)}`);
  return found;
}

import assert from "node:assert/strict";
import { openstack } from "../../../../../comparison/clouds/openstack/index.ts";
import type { OpenStack, OpenStackFacts } from "../../../../../comparison/clouds/openstack/model.ts";
import { comparedOf } from "../../../../../comparison/difference/compared.ts";
import { differencesIn } from "../../../../../comparison/difference/differences.ts";
import { unservedIn } from "../../../../../comparison/difference/served.ts";
import type { DataPathFacts, EntranceFacts } from "../../../../../comparison/model/dataPath.ts";
import type { Exposure } from "../../../../../comparison/model/exposure.ts";
import type { ServiceFacts } from "../../../../../comparison/model/service.ts";
import { factsIn, known } from "../../../../../comparison/model/sourceResult.ts";
import { planned } from "./planned.ts";
import type { Config } from "./planned.ts";

const address = "203.0.113.9";
const mine = "address-known-to-kube-proxy";

/** What both nodes have at each port of a Service. */
const usual = {
  protocol: "TCP",
  port: 80,
  endpoints: ["10.244.1.7:8080", "10.244.2.7:8080"],
  masquerade: "always",
  sourceRanges: [],
} as const;

const atNodePort = (nodePort: number): EntranceFacts => ({ ...usual, kind: "node port", port: nodePort });
const atAddress: EntranceFacts = { ...usual, kind: "load balancer address", address };

const onNodes = (...entrances: EntranceFacts[]): DataPathFacts[] =>
  ["node-a", "node-b"].map((node) => ({ node, mode: "nftables", entrances }));

/** As the plan, with what can be measured after the update. */
async function measured(
  entrances: readonly EntranceFacts[],
  config: Config = {},
  changes: Partial<ServiceFacts> = {},
): Promise<OpenStackFacts> {
  const ports = [{ name: "http", port: 80, nodePorts: { nodePort: 30070, loadBalancer: 30071 } }];
  const facts = await planned({ ports, ...config });
  const { left, right } = facts;
  const service = factsIn(right.service) ?? assert.fail();
  const balancer = factsIn(right.loadBalancer) ?? assert.fail();
  return {
    ...facts,
    left: { ...left, dataPath: known(onNodes(atNodePort(30070))) },
    right: {
      ...right,
      service: known({ ...service, ingress: [address], ...changes }),
      loadBalancer: known({ ...balancer, address }),
      dataPath: known(onNodes(atNodePort(30071), ...entrances)),
    },
  };
}

const inPart = ({ path }: { readonly path: string }): boolean => /^(dataPath|service \/ ingress)/.test(path);

function differences(facts: OpenStackFacts): {
  explained: string[];
  unexplained: string[];
  missing: string[];
} {
  const { found, missing } = differencesIn(comparedOf(facts, openstack));
  const rows = found.filter(inPart).map(({ path, explanation }) => ({ path, explanation }));
  return {
    explained: [...new Set(rows.flatMap(({ explanation }) => explanation ?? []))],
    unexplained: rows.filter(({ explanation }) => explanation === null).map(({ path }) => path),
    missing: missing.filter(inPart).map(({ path }) => path),
  };
}

const explainedBy = (id: string) => ({ explained: [id], unexplained: [], missing: [] });
const place = "dataPath / node-a / entrances / load balancer address TCP 80";

describe("the load balancer's address in the status, as an IP of the mode VIP", () => {
  it("explains what kube-proxy has for it on each node, and nothing else does", async () => {
    assert.deepEqual(differences(await measured([atAddress])), explainedBy(mine));
  });

  it("is named in a plan as well, whose nodes' rules nobody knows", async () => {
    const { found } = differencesIn(comparedOf(await planned(), openstack));
    assert.equal(found.find(({ path }) => path === "service / ingress")?.explanation, mine);
  });

  it("explains no other endpoints, no other masquerading and no foreign rule", async () => {
    const changes: readonly (readonly [keyof EntranceFacts, Partial<EntranceFacts>])[] = [
      ["endpoints", { endpoints: ["10.244.1.7:8080"] }],
      ["masquerade", { masquerade: "never" }],
      ["address", { address: "203.0.113.10" }],
      ["sourceRanges", { sourceRanges: ["192.0.2.0/24"] }],
      ["deviations", { deviations: ["foreign"] }],
    ];
    for (const [field, change] of changes) {
      const { unexplained } = differences(await measured([{ ...atAddress, ...change }]));
      assert.ok(unexplained.includes(`${place} / ${field}`), field);
    }
  });

  it("is missed where kube-proxy does not know it", async () => {
    const { unexplained, missing } = differences(await measured([]));
    assert.deepEqual(unexplained, []);
    assert.ok(missing.includes(`${place} / endpoints`), missing.join("\n"));
  });

  it("lets in the Service's ranges, each once, and itself on the nodes that they contain", async () => {
    const config = { loadBalancerSourceRanges: ["10.0.0.0/24", "10.0.0.0/28", "192.0.2.0/24"] };
    const ranges = ["10.0.0.0/24", "192.0.2.0/24"];
    const facts = await measured([], config);
    const cluster = factsIn(facts.cluster) ?? assert.fail();
    const nodes = ["node-a", "node-b"].map((name, index) => ({
      ...(cluster.nodes[0] ?? assert.fail()),
      name,
      address: `10.0.${index}.11`,
    }));
    const dataPath = onNodes(atNodePort(30071)).map((node) => ({
      ...node,
      entrances: [
        ...node.entrances,
        { ...atAddress, sourceRanges: node.node === "node-a" ? [...ranges, address] : ranges },
      ],
    }));
    const right: Exposure<OpenStack> = { ...facts.right, dataPath: known(dataPath) };
    assert.deepEqual(
      differences({ ...facts, cluster: known({ ...cluster, nodes }), right }),
      explainedBy(mine),
    );
  });

  it("is what pods elsewhere are reached by, under the policy Local, without a word on their placement", async () => {
    const local: Partial<EntranceFacts> = {
      endpoints: [],
      endpointsFromInside: { pods: usual.endpoints, node: usual.endpoints },
      masquerade: "from the node itself",
      withoutEndpoints: "dropped",
    };
    const facts = await measured([{ ...atAddress, ...local }], {
      externalTrafficPolicy: "Local",
      healthCheckNodePorts: { nodePort: 30080, loadBalancer: 30081 },
    });
    const at = (nodePort: number): EntranceFacts => ({ ...atNodePort(nodePort), ...local });
    const compared = {
      ...facts,
      left: { ...facts.left, dataPath: known(onNodes(at(30070))) },
      right: { ...facts.right, dataPath: known(onNodes(at(30071), { ...atAddress, ...local })) },
    };
    const { explained, unexplained, missing } = differences(compared);
    assert.deepEqual(explained, [mine]);
    assert.deepEqual(unexplained, []);
    assert.deepEqual(
      missing.filter((path) => path.includes("load balancer address")),
      [],
    );
  });

  it("is none with the proxy protocol: the mode is Proxy, and kube-proxy has no rules for it", async () => {
    const config = { clientAddress: "PROXYV2" };
    assert.deepEqual(differences(await measured([], config)), explainedBy("address-in-status"));
    const { unexplained } = differences(await measured([atAddress], config));
    assert.ok(unexplained.includes(`${place} / kind`));
  });

  const hostname = { "loadbalancer.openstack.org/hostname": "web.example.com" };

  it("is none if the Service asks for a name, which the status then has", async () => {
    const facts = await measured([]);
    const { annotations = {} } = factsIn(facts.right.service) ?? {};
    const named = { annotations: { ...annotations, ...hostname }, ingress: ["web.example.com"] };
    const [served, other] = [
      await measured([], {}, named),
      await measured([], {}, { ...named, ingress: ["other.example.com"] }),
    ];
    assert.deepEqual(differences(served), explainedBy("address-in-status"));
    assert.deepEqual(differences(other).unexplained, ["service / ingress"]);
    const brokenIn = (each: OpenStackFacts) =>
      unservedIn({ ...comparedOf({ ...each, basis: "measured" }, openstack) }).join();
    assert.equal(brokenIn(served), "");
    assert.match(brokenIn(other), /status does not name its load balancer, web\.example\.com/);
    const bare = await measured([], {}, { ...named, ingress: [address] });
    assert.match(brokenIn(bare), /status does not name/);
  });

  it("is none with the proxy protocol if cloud.conf makes a name of the address", async () => {
    const config = { clientAddress: "PROXYV2" };
    const named = await measured([], config, { ingress: [`${address}.nip.io`] });
    assert.deepEqual(differences(named), explainedBy("address-in-status"));
    const foreign = await measured([], config, { ingress: [`${address}0.nip.io`] });
    assert.deepEqual(differences(foreign).unexplained, ["service / ingress"]);
  });

  it("is none where another proxy than kube-proxy serves the Service", async () => {
    const label = { withoutKubeProxy: "service.kubernetes.io/service-proxy-name=other" };
    const { explained } = differences(await measured([], {}, label));
    assert.ok(!explained.includes(mine));
  });
});

import assert from "node:assert/strict";
import { known } from "../../../../comparison/model/sourceResult.ts";
import { nothingAsked } from "../../../../comparison/probes/probes.ts";
import type { Probes } from "../../../../comparison/probes/probes.ts";
import type { Statement } from "../../../../comparison/result/comparison.ts";
import type { Run } from "../../../../comparison/statements/run.ts";
import { statementsOf } from "../../../../comparison/statements/statements.ts";
import { answered } from "../../../../comparison/probes/asked.ts";
import {
  answerOf,
  answersAt,
  dataPath,
  endpoint,
  loadBalancer,
  loadBalancerService,
  made,
  nodes,
  probes,
  run,
  service,
  traffic,
} from "./run.ts";

const row = (id: string, of: Run): Statement => {
  const found = statementsOf(of).find((statement) => statement.id === id);
  assert.ok(found, `no statement ${id}`);
  return found;
};

const port = { name: "http", protocol: "TCP", port: 80, targetPort: "http" };
const { dryRuns } = probes();
const refused = { kind: "refused", message: "no" } as const;
const failed = { kind: "failed", reason: "no answer within 5 s" } as const;
const [a, b] = [nodes[0]!, nodes[1]!];
const at = (node: typeof a, nodePort: number) => ({ node: node.name, address: node.address, port: nodePort });

const withDryRuns = (changes: Partial<Probes["dryRuns"]>): Run =>
  run({ probes: { dryRuns: { ...dryRuns, ...changes } } });
const withAnswers = (left: Probes["nodePorts"]["left"], right = answersAt(32002)): Run =>
  run({ probes: { nodePorts: { left, right } } });
const withTheirs = (changes: Parameters<typeof loadBalancer>[1]): Run =>
  run({ right: { loadBalancer: known(loadBalancer(32002, { owner: "cloud controller", ...changes })) } });
const group = loadBalancer(32002).pools[0]!;
const theirService = (changes: Parameters<typeof loadBalancerService>[0]): Run =>
  run({ right: { service: known(loadBalancerService(changes)) } });

/** For each statement that a run can bear out: what is said of a good run, and runs that speak against it, with what is then said. */
const cases: Record<string, { says: RegExp; against: readonly (readonly [Run, RegExp])[] }> = {
  "cluster-ip": {
    says: /NodePort \+ own NLB: 172\.20\.0\.7, port 80\/TCP; LoadBalancer: 172\.20\.0\.8/,
    against: [[theirService({ clusterIPs: ["None"] }), /^LoadBalancer: the Service has no cluster IP$/]],
  },
  "node-port": {
    says: /node port 32001; LoadBalancer: node port 32002/,
    against: [[theirService({ ports: [port] }), /port 80 has no node port/]],
  },
  endpoints: { says: /2 ready endpoints on node-a and node-b/, against: [] },
  "no-udp": {
    says: /accepts a LoadBalancer Service with port 53\/UDP in a dry run; it also accepts one with TCP and UDP on one port; no UDP was sent/,
    against: [[withDryRuns({ udp: refused }), /refuses a LoadBalancer Service with port 53\/UDP: no/]],
  },
  "same-port": {
    says: /node-a \(10\.0\.0\.10:32001\) and node-b \(10\.0\.16\.10:32001\) answered/,
    against: [
      [withAnswers([...answersAt(32001).slice(1), answerOf(at(a, 32001), refused)]), /node-a .* refused/],
      [
        run({ left: { dataPath: known(dataPath(30000)) } }),
        /rules of node-a and node-b lack node port 32001/,
      ],
    ],
  },
  "any-node": {
    says: /node-a .* and node-b .* answered/,
    against: [
      [
        withAnswers([answerOf(at(a, 32001)), answerOf(at(b, 32001), failed)]),
        /node-b .* did not answer, although node-a .* did/,
      ],
    ],
  },
  "forwards-to-node-ports": {
    says: /TCP 80 to node port 32002 of 2 targets/,
    against: [
      [
        withTheirs({
          pools: [{ ...group, members: group.members.map((target) => ({ ...target, port: 80 })) }],
        }),
        /i-a:80 and i-b:80: not node port 32002/,
      ],
      [withTheirs({ pools: [{ ...group, members: group.members.slice(0, 1) }] }), /node-b: no target/],
      [withTheirs({ pools: [{ ...group, targetType: "ip" }] }), /targets are of type ip/],
    ],
  },
  "always-by-node-port": {
    says: /200 of 200 requests to ours\.elb\.us-west-2\.amazonaws\.com were answered/,
    against: [
      [run({ traffic: { left: traffic({ answered: 0 }) } }), /none of 200 requests to ours.* was answered/],
    ],
  },
  "kube-proxy": {
    says: /nftables rules of node-a and node-b lead from the node port to 10\.244\.1\.2:8080/,
    against: [
      [
        run({ left: { dataPath: known(dataPath(32001, { mode: "userspace" })) } }),
        /userspace mode takes connections itself/,
      ],
    ],
  },
  "nothing-prevents": {
    says: /a load balancer made by the program, TCP 80, with 2 healthy targets; 200 of 200 requests/,
    against: [[run({ traffic: { left: traffic({ answered: 0 }) } }), /none of 200 requests through its/]],
  },
  "only-additionally": {
    says: /cluster IP 172\.20\.0\.8 and node port 32002, and in addition theirs\.elb/,
    against: [
      [theirService({ clusterIPs: [] }), /no cluster IP/],
      [theirService({ ports: [port] }), /no node port/],
    ],
  },
  automatically: {
    says: /the AWS cloud controller manager made the load balancer; it protects the Service with the finalizer .*; its events: EnsuringLoadBalancer at 2026/,
    against: [[withTheirs({ owner: "program" }), /declared in the program/]],
  },
  "reserves-a-port": {
    says: /^NodePort \+ own NLB: node port 32001 is reserved: a second Service is refused \(32001: provided port is already allocated\)$/,
    against: [
      [
        withDryRuns({ takenNodePort: { left: made("NodePort", ["TCP"]), right: refused } }),
        /a second Service can get node port 32001 too/,
      ],
    ],
  },
  "reserves-no-port": {
    says: /node port 32002 is reserved: .*; with allocateLoadBalancerNodePorts: false, the API server gives none/,
    against: [
      [theirService({ ports: [port] }), /no node port, although allocateLoadBalancerNodePorts is not false/],
      [
        withDryRuns({ takenNodePort: { left: refused, right: made("NodePort", ["TCP"]) } }),
        /a second Service can get node port 32002 too/,
      ],
      [withDryRuns({ withoutNodePorts: made("LoadBalancer", ["TCP"]) }), /still gives a node port/],
    ],
  },
  "cluster-ip-and-nodes": {
    says: /answered; the rules of node-a and node-b have the cluster IP/,
    against: [
      [run({ left: { dataPath: known(dataPath(32001, { entrances: [] })) } }), /lack the cluster IP/],
      [withAnswers([answerOf(at(a, 32001), refused)]), /node-a .* refused the connection/],
    ],
  },
  "only-by-load-balancer": {
    says: /^LoadBalancer: node-a .* and node-b .* answered the client, past the load balancer$/,
    against: [
      [
        withAnswers(answersAt(32001), [answerOf(at(a, 32002), refused), answerOf(at(b, 32002), refused)]),
        /refused the connection/,
      ],
    ],
  },
  "random-port": {
    says: /node port 32002; the API server has 2768 node ports.* it chose 2 and users named 0/,
    against: [
      [theirService({ ports: [{ ...port, nodePort: 8080 }] }), /node port 8080 is outside 30000-32767/],
      [withDryRuns({ nodePortOmitted: refused }), /names no node port is refused/],
      [withDryRuns({ nodePortOmitted: made("NodePort", ["TCP"], false) }), /gets none/],
    ],
  },
  "own-address": {
    says: /a name, theirs\.elb.*, with 2 addresses now: 203\.0\.113\.1 and 203\.0\.113\.2, internet-facing/,
    against: [[theirService({ ingress: ["203.0.113.9"] }), /the one address 203\.0\.113\.9/]],
  },
  "only-healthy": {
    says: /^NodePort \+ own NLB and LoadBalancer: TCP checks every 30 s, 3 failures take a node out: .* for about 90 s/,
    against: [
      [
        withTheirs({
          pools: [{ ...group, healthCheck: { ...group.healthCheck, enabled: false } }],
        }),
        /health checks are off/,
      ],
    ],
  },
};

/** What no run of a healthy deployment shows. */
const beyond = ["other-clouds", "first-node"];

describe("the statements of question and answers", () => {
  it("are each covered here, and have an id, a verdict, a reason and a source of their own", () => {
    const statements = statementsOf(run());
    assert.deepEqual(statements.map(({ id }) => id).sort(), [...Object.keys(cases), ...beyond].sort());
    for (const { id, why, source } of statements) {
      assert.match(source, /^https:\/\//, id);
      assert.ok(why.endsWith("."), id);
    }
  });

  for (const [id, { says, against }] of Object.entries(cases)) {
    it(`${id}: a good run supports the verdict`, () => {
      const statement = row(id, run());
      assert.match(statement.evidence ?? "", says);
      assert.equal(statement.contradicts, false);
      assert.equal(statement.notTried, null);
    });

    for (const [bad, reason] of against) {
      it(`${id}: a run can contradict the verdict: ${reason.source}`, () => {
        const statement = row(id, bad);
        assert.equal(statement.contradicts, true);
        assert.match(statement.evidence ?? "", reason);
        assert.equal(statement.notTried, null);
        assert.ok(statementsOf(bad).some((found) => found.contradicts && found.id === id));
      });
    }
  }

  for (const id of beyond) {
    it(`${id}: a good run shows nothing, and the row says what it needs`, () => {
      const statement = row(id, run());
      assert.equal(statement.evidence, null);
      assert.equal(statement.contradicts, false);
      assert.match(statement.notTried ?? "", /^not tried in this run; it needs a /);
    });
  }

  it("are not contradicted by a good run", () => {
    assert.deepEqual(
      statementsOf(run()).filter(({ contradicts }) => contradicts),
      [],
    );
  });

  it("have no evidence where sources are silent, and no contradiction either", () => {
    const gone = { kind: "unreachable", reason: "no answer" } as const;
    const side = {
      service: gone,
      endpoints: gone,
      loadBalancer: gone,
      firewall: gone,
      name: gone,
      dataPath: gone,
    };
    const silent: Run = {
      ...run({ left: side, right: side, facts: { cluster: gone } }),
      probes: nothingAsked("the cluster is unreachable"),
      traffic: { left: undefined, right: undefined },
    };
    for (const { id, evidence, contradicts, notTried } of statementsOf(silent)) {
      assert.equal(evidence, null, id);
      assert.equal(contradicts, false, id);
      assert.ok(notTried, id);
    }
  });

  it("get from a plan only what a plan can show: that a NodePort Service can have a load balancer", () => {
    const planned = run({ facts: { basis: "planned" } });
    assert.deepEqual(
      statementsOf(planned).flatMap(({ id, evidence }) => (evidence === null ? [] : [id])),
      ["nothing-prevents"],
    );
    assert.match(row("nothing-prevents", planned).evidence ?? "", /planned: a load balancer of the program/);
    assert.match(row("no-udp", planned).notTried ?? "", /it needs a deployed stack/);
  });
});

describe("statements about node ports", () => {
  it("expect no answer of a node that is not ready, which shows what a failing node does", () => {
    const cluster = known({
      name: "dev",
      nodes: [a, { ...b, ready: false }],
    });
    const failing = run({
      facts: { cluster },
      probes: {
        nodePorts: { left: [answerOf(at(a, 32001)), answerOf(at(b, 32001), failed)], right: [] },
      },
    });
    assert.equal(row("any-node", failing).contradicts, false);
    assert.match(row("first-node", failing).evidence ?? "", /node-b .*, not ready, did not answer; node-a/);
  });

  it("expect no answer of a node without a pod under the policy Local", () => {
    const left = {
      service: known(service({ externalTrafficPolicy: "Local" })),
      endpoints: known([endpoint("node-a", "10.244.1.2")]),
    };
    const local = run({
      left,
      probes: {
        nodePorts: { left: [answerOf(at(a, 32001)), answerOf(at(b, 32001), failed)], right: [] },
      },
    });
    assert.equal(row("any-node", local).contradicts, false);
    assert.match(row("any-node", local).evidence ?? "", /node-a \(10\.0\.0\.10:32001\) answered$/);
  });

  it("conclude nothing from a client that reaches no node at all", () => {
    const outside = withAnswers(
      nodes.map((node) => answerOf(at(node, 32001), failed)),
      nodes.map((node) => answerOf(at(node, 32002), failed)),
    );
    for (const id of ["any-node", "only-by-load-balancer"])
      assert.match(row(id, outside).notTried ?? "", /a client that reaches the nodes' addresses/, id);
    assert.match(
      row("same-port", outside).evidence ?? "",
      /node port 32001 is in the rules of node-a and node-b/,
    );
  });

  it("conclude nothing from a second Service that is refused for another reason", () => {
    const otherwise = withDryRuns({ takenNodePort: { left: refused, right: refused } });
    assert.match(row("reserves-a-port", otherwise).notTried ?? "", /refused: no/);
  });

  it("know the exception: allocateLoadBalancerNodePorts is false", () => {
    const without = theirService({ ports: [port], allocateLoadBalancerNodePorts: false });
    for (const id of ["node-port", "reserves-no-port"]) {
      assert.equal(row(id, without).contradicts, false, id);
      assert.match(row(id, without).evidence ?? "", /the exception: /, id);
    }
    assert.equal(row("only-additionally", without).contradicts, false);
  });

  it("know a chosen port by the Services' own where the API server has counted nothing yet", () => {
    const restarted = run({
      probes: { allocator: { kind: "failed", reason: "it has counted nothing yet" } },
    });
    const { evidence, contradicts } = row("random-port", restarted);
    assert.equal(evidence, "NodePort + own NLB: node port 32001; LoadBalancer: node port 32002");
    assert.equal(contradicts, false);
  });

  it("conclude nothing about the default range from a cluster with another", () => {
    const other = run({
      probes: {
        allocator: answered({ allocated: 2, available: 98, chosenByServer: 2, namedByUser: 0 }),
      },
    });
    assert.match(row("random-port", other).notTried ?? "", /this one has 100 node ports, not 2768/);
  });
});

describe("statements about other kinds of Services", () => {
  it("expect no target of a node that is excluded from load balancers by its label", () => {
    const labels = { "node.kubernetes.io/exclude-from-external-load-balancers": "" };
    const cluster = known({
      name: "dev",
      nodes: [a, { ...b, labels }],
    });
    const one = { ...group, members: group.members.slice(0, 1) };
    const excluded = run({
      facts: { cluster },
      right: { loadBalancer: known(loadBalancer(32002, { pools: [one] })) },
    });
    assert.equal(row("forwards-to-node-ports", excluded).contradicts, false);
    assert.match(row("forwards-to-node-ports", excluded).evidence ?? "", /of 1 target$/);
  });

  it("conclude nothing of a load balancer that another controller made to reach pods", () => {
    const other = run({
      right: {
        service: known(loadBalancerService({ loadBalancerClass: "service.k8s.aws/nlb" })),
        loadBalancer: known(loadBalancer(32002, { pools: [{ ...group, targetType: "ip" }] })),
      },
    });
    assert.match(row("forwards-to-node-ports", other).notTried ?? "", /not of service\.k8s\.aws\/nlb/);
  });

  it("know the exception: a Service without a selector has no endpoints", () => {
    const none = { endpoints: known([]), service: known(service({ selector: {} })) };
    assert.match(row("endpoints", run({ left: none })).evidence ?? "", /no selector/);
    const noPods = { endpoints: known([]) };
    assert.match(
      row("endpoints", run({ left: noPods, right: noPods })).notTried ?? "",
      /a ready pod of the Service/,
    );
  });

  it("wait for a load balancer that is still pending", () => {
    const pending = theirService({ ingress: [] });
    assert.match(row("only-additionally", pending).notTried ?? "", /still waiting/);
    assert.match(row("own-address", pending).notTried ?? "", /still waiting/);
  });

  it("say which type is missing when both Services are of the other", () => {
    const twice = run({ right: { service: known(service()) } });
    assert.match(
      row("automatically", twice).notTried ?? "",
      /a Service of type LoadBalancer in the comparison/,
    );
  });

  it("find the LoadBalancer Service on whichever side it is", () => {
    const { facts, cloud, probes: asked, titles, traffic: sent, scenarios } = run();
    const swapped: Run = {
      scenarios,
      cloud,
      facts: { ...facts, left: facts.right, right: facts.left },
      probes: {
        ...asked,
        nodePorts: { left: asked.nodePorts.right, right: asked.nodePorts.left },
        events: { left: asked.events.right, right: asked.events.left },
        dryRuns: {
          ...asked.dryRuns,
          takenNodePort: {
            left: asked.dryRuns.takenNodePort.right,
            right: asked.dryRuns.takenNodePort.left,
          },
        },
      },
      titles: { left: titles.right, right: titles.left },
      traffic: { left: sent.right, right: sent.left },
    };
    const single = (of: Run) => row("automatically", of).evidence;
    assert.equal(single(swapped), single(run()));
    assert.deepEqual(
      statementsOf(swapped).filter(({ contradicts }) => contradicts),
      [],
    );
  });

  it("are as true as the cloud says, where that depends on it", () => {
    const there = run();
    const truth = { verdict: "true", why: "It has one address.", source: "https://cloud.example" } as const;
    const cloud = { ...there.cloud, statements: { ...there.cloud.statements, "own-address": truth } };
    const { verdict, why, source } = row("own-address", { ...there, cloud });
    assert.deepEqual({ verdict, why, source }, truth);
    assert.equal(row("own-address", there).verdict, "imprecise");
    const one = { ...run(theirService({ ingress: ["203.0.113.9"] })), cloud };
    assert.equal(row("own-address", one).contradicts, false);
    assert.equal(row("node-port", { ...there, cloud }).verdict, row("node-port", there).verdict);
  });
});

import assert from "node:assert/strict";
import { judge } from "../../../../comparison/difference/compare.ts";
import type { Judgement } from "../../../../comparison/difference/compare.ts";
import { aws } from "../../../../comparison/clouds/aws/index.ts";
import type {
  AwsExposure,
  AwsFacts,
  NlbFacts,
  TargetGroupFacts,
} from "../../../../comparison/clouds/aws/model.ts";
import { comparedOf } from "../../../../comparison/difference/compared.ts";
import { rankOf } from "../../../../comparison/difference/ranks.ts";
import type { ServiceFacts } from "../../../../comparison/model/service.ts";
import { factsIn, known } from "../../../../comparison/model/sourceResult.ts";
import { facts } from "./facts.ts";

function judged(of: AwsFacts): Judgement {
  return judge(comparedOf(of, aws), { traffic: [], statements: [] });
}

function service(side: AwsExposure): ServiceFacts {
  return factsIn(side.service) ?? assert.fail();
}

function loadBalancer(side: AwsExposure): NlbFacts {
  return factsIn(side.loadBalancer) ?? assert.fail();
}

/** The left side with its only port renamed everywhere, as Kubernetes does: Service and endpoints. */
function withPortName(name: string): AwsFacts {
  const { left } = facts;
  const [port] = service(left).ports;
  const endpoints = (factsIn(left.endpoints) ?? []).map((each) => ({
    ...each,
    ports: [`${name}: 8080/TCP`],
  }));
  assert.ok(port !== undefined);
  return {
    ...facts,
    left: {
      ...left,
      service: known({ ...service(left), ports: [{ ...port, name }] }),
      endpoints: known(endpoints),
    },
  };
}

function withGroup(change: (group: TargetGroupFacts) => Partial<TargetGroupFacts>): AwsFacts {
  const balancer = loadBalancer(facts.left);
  const pools = balancer.pools.map((group) => ({ ...group, ...change(group) }));
  return { ...facts, left: { ...facts.left, loadBalancer: known({ ...balancer, pools }) } };
}

describe("what belongs together is one reason", () => {
  it("a listener at another port", () => {
    const balancer = loadBalancer(facts.left);
    const listeners = balancer.listeners.map((listener) => ({ ...listener, port: 8080 }));
    const left = { ...facts.left, loadBalancer: known({ ...balancer, listeners }) };
    const { verdict } = judged({ ...facts, left });
    assert.equal(verdict.kind, "different");
    assert.deepEqual(verdict.reasons, [
      "the left has the listener TCP 8080, and the right has TCP 80 instead",
    ]);
  });

  for (const name of ["", "web"]) {
    it(`a port that is called ${JSON.stringify(name)} is one explained row`, () => {
      const { verdict, explanations, aspects } = judged(withPortName(name));
      assert.equal(verdict.kind, "equivalent", verdict.reasons.join("\n"));
      assert.ok(explanations.some(({ id }) => id === "port-name"));
      const rows = aspects.flatMap(({ differences }) =>
        differences.filter(({ explanation }) => explanation === "port-name"),
      );
      assert.deepEqual(rows, [
        { path: "service / ports / TCP 80 / name", left: name, right: "http", explanation: "port-name" },
      ]);
    });
  }

  it("TLS against TCP on one port is one row of the listener", () => {
    const balancer = loadBalancer(facts.left);
    const listeners = balancer.listeners.map((listener) => ({ ...listener, protocol: "TLS" }));
    const left = { ...facts.left, loadBalancer: known({ ...balancer, listeners }) };
    assert.deepEqual(judged({ ...facts, left }).verdict.reasons, [
      "listeners, port 80: loadBalancer / listeners / port 80 / protocol is TLS on the left and TCP on the right",
    ]);
  });

  it("a port of the Service, with all that it brings along, is one reason", () => {
    const balancer = loadBalancer(facts.left);
    const [listener] = balancer.listeners;
    const [group] = balancer.pools;
    const [port] = service(facts.left).ports;
    const firewall = factsIn(facts.left.firewall) ?? assert.fail();
    const [rule] = firewall.nodes;
    assert.ok(listener !== undefined && group !== undefined && port !== undefined && rule !== undefined);
    const arn = "arn:targetgroup/https";
    const left = {
      ...facts.left,
      service: known({
        ...service(facts.left),
        ports: [port, { ...port, name: "https", port: 443, nodePort: 31443 }],
      }),
      endpoints: known(
        (factsIn(facts.left.endpoints) ?? []).map((each) => ({
          ...each,
          ports: [...each.ports, "https: 8443/TCP"],
        })),
      ),
      loadBalancer: known({
        ...balancer,
        listeners: [listener, { ...listener, port: 443, forwardsTo: [arn] }],
        pools: [
          group,
          {
            ...group,
            identity: { name: "https", id: arn },
            port: 31443,
            members: group.members.map((member) => ({ ...member, port: 31443 })),
          },
        ],
      }),
      firewall: known({
        ...firewall,
        nodes: [...firewall.nodes, { ...rule, fromPort: 31443, toPort: 31443 }],
      }),
      dataPath: known(
        (factsIn(facts.left.dataPath) ?? []).map((node) => ({
          ...node,
          entrances: [
            ...node.entrances,
            ...node.entrances.map((entrance) => ({
              ...entrance,
              port: entrance.kind === "node port" ? 31443 : 443,
              endpoints: entrance.endpoints.map((each) => each.replace("8080", "8443")),
            })),
          ],
        })),
      ),
    };
    const { verdict } = judged({ ...facts, left });
    assert.deepEqual(verdict.reasons, ["the left has another port, https"]);
    assert.ok((verdict.causes[0]?.values.length ?? 0) > 40);
  });

  it("a listener that only one side has is one reason, with where it leads", () => {
    const balancer = loadBalancer(facts.right);
    const [listener] = balancer.listeners;
    assert.ok(listener !== undefined);
    const listeners = [listener, { ...listener, port: 443 }];
    const right = { ...facts.right, loadBalancer: known({ ...balancer, listeners }) };
    assert.deepEqual(judged({ ...facts, right }).verdict.reasons, [
      "the right has another listener, TCP 443, that leads to port <node port of http> of the nodes",
    ]);
  });

  it("the same change of every target is one reason that names them", () => {
    const changed = withGroup(({ members }) => ({
      members: members.map((member) => ({ ...member, state: "draining" })),
    }));
    const { reasons } = judged(changed).verdict;
    assert.deepEqual(reasons, [
      "left: listener TCP 80 has no healthy target",
      "listeners, TCP 80: targets: loadBalancer / targetGroups / <target group of TCP 80> / targets / i-a / state is draining on the left and healthy on the right, and so for i-b, i-c",
    ]);
  });

  it("a value that differs and was predicted otherwise is one reason", () => {
    const balancer = loadBalancer(facts.right);
    const pools = balancer.pools.map((group) => ({
      ...group,
      healthCheck: { ...group.healthCheck, intervalSeconds: 10 },
    }));
    const right = { ...facts.right, loadBalancer: known({ ...balancer, pools }) };
    const { verdict, predictions } = judged({ ...facts, right });
    assert.equal(verdict.reasons.length, 1, verdict.reasons.join("\n"));
    assert.ok((predictions[0]?.wrong.length ?? 0) > 0);
  });

  it("a target that only one side has is one reason", () => {
    const { reasons } = judged(withGroup(({ members }) => ({ members: members.slice(1) }))).verdict;
    assert.deepEqual(reasons, ["the right has another target, i-a"]);
  });

  it("what a difference brings along is in its reason, and nothing is lost", () => {
    const group = loadBalancer(facts.left).pools[0] ?? assert.fail();
    const healthCheck = {
      ...group.healthCheck,
      protocol: "HTTP",
      path: "/",
      matcher: "200",
      timeoutSeconds: 6,
    };
    const changed = withGroup(() => ({ healthCheck: { ...healthCheck, intervalSeconds: 10 } }));
    const { verdict, counts } = judged(changed);
    assert.deepEqual(
      verdict.causes.map(({ values }) => values.map(({ path }) => path.split(" / ").at(-1)).sort()),
      [["matcher", "path", "protocol", "timeoutSeconds"], ["intervalSeconds"]],
    );
    assert.equal(counts.unexplained, 5);
  });

  it("puts what keeps clients out before tags and owners", () => {
    assert.ok(rankOf("firewall / nodes / x / source") < rankOf("loadBalancer / attributes / x"));
    assert.ok(rankOf("service / sessionAffinity") < rankOf("loadBalancer / tags / team"));
    assert.ok(
      rankOf("loadBalancer / listeners / TCP 80 / protocol") <
        rankOf("loadBalancer / listeners / TCP 80 / owner"),
    );
  });
});

import assert from "node:assert/strict";
import type { LoadBalancer, TargetGroup } from "@aws-sdk/client-elastic-load-balancing-v2";
import { orphansIn } from "../../../../../../comparison/clouds/aws/orphans/orphans.ts";
import type { Existing } from "../../../../../../comparison/clouds/aws/orphans/orphans.ts";
import { removal } from "../../../../../../comparison/clouds/aws/orphans/removal.ts";
import type { RuleFacts } from "../../../../../../comparison/clouds/aws/model.ts";
import type { ServiceFacts } from "../../../../../../comparison/model/service.ts";
import * as account from "../../../sources/account.ts";
import { arns, cloud, dnsName, received, serviceOf } from "../../../sources/account.ts";

type Name = Parameters<typeof account.loadBalancer>[0];
const loadBalancer = (name: Name): LoadBalancer => received(account.loadBalancer(name));
const targetGroup = (name: Name): TargetGroup => received(account.targetGroup(name));

const uid = "11111111-2222-3333-4444-555555555555";
const nameByUid = "a1111111122223333444455555555555";
const nlb = { "service.beta.kubernetes.io/aws-load-balancer-type": "nlb" };

const service = (changes: Partial<ServiceFacts> = {}): ServiceFacts =>
  serviceOf(cloud, { identity: { name: "cloud", id: uid }, annotations: nlb, ...changes });

const rule = (description: string, id: string, changes: Partial<RuleFacts> = {}): RuleFacts => ({
  identity: { name: `kubernetes.io/rule/nlb/${description}`, id },
  owner: "cloud controller",
  securityGroup: "sg-nodes",
  ipProtocol: "tcp",
  fromPort: 30081,
  toPort: 30081,
  source: "0.0.0.0/0",
  ...changes,
});
const mtu = (id: string, changes: Partial<RuleFacts> = {}): RuleFacts =>
  rule("mtu", id, { ipProtocol: "icmp", fromPort: 3, toPort: 4, ...changes });

/** The load balancer `theirs`, which the controller made for Service web/cloud of cluster dev. */
const existing = (changes: Partial<Existing> = {}): Existing => ({
  clusterName: "dev",
  services: [service()],
  loadBalancers: [loadBalancer("own"), loadBalancer("theirs")],
  targetGroups: [targetGroup("own"), targetGroup("theirs")],
  tags: (arn = "") =>
    arn.includes("theirs")
      ? { "kubernetes.io/service-name": "web/cloud", "kubernetes.io/cluster/dev": "owned" }
      : {},
  controllerGroups: [],
  rules: [rule("client=theirs", "sgr-client"), rule("health=theirs", "sgr-health"), mtu("sgr-mtu")],
  ...changes,
});

const part = (words: string, id: string) => ({
  kind: "rule",
  name: `${words} in sg-nodes`,
  id,
  command: removal.rule("sg-nodes", id),
});

const namesIn = (changes: Partial<Existing>): string[] =>
  orphansIn(existing(changes)).map(({ kind, name }) => `${kind} ${name}`);
const reasonWith = (...services: ServiceFacts[]): string | undefined =>
  orphansIn(existing({ services }))[0]?.reason;

describe("a load balancer", () => {
  it("is no orphan while the status of its Service names it", () =>
    assert.deepEqual(orphansIn(existing()), []));

  it("is an orphan without its Service, with its target groups and rules, at the price of its zones", () => {
    assert.deepEqual(orphansIn(existing({ services: [] })), [
      {
        kind: "load balancer",
        name: "theirs",
        id: arns("theirs").loadBalancer,
        command: removal.loadBalancer(arns("theirs").loadBalancer),
        service: "web/cloud",
        reason: "Service web/cloud does not exist",
        // 730 hours of a load balancer and of one public address.
        monthlyDollars: 20.08,
        parts: [
          {
            kind: "target group",
            name: "theirs-http",
            id: arns("theirs").targetGroup,
            command: removal.targetGroup(arns("theirs").targetGroup),
          },
          part("tcp 30081 from 0.0.0.0/0", "sgr-client"),
          part("tcp 30081 from 0.0.0.0/0", "sgr-health"),
          part("icmp 3/4 from 0.0.0.0/0", "sgr-mtu"),
        ],
      },
    ]);
  });

  it("is left behind with its Service, which keeps its finalizer until a controller runs", () => {
    const finalizers = ["service.kubernetes.io/load-balancer-cleanup"];
    assert.equal(
      reasonWith(service({ isBeingDeleted: true, finalizers })),
      "Service web/cloud is being deleted and keeps its finalizer service.kubernetes.io/load-balancer-cleanup until its controller, which must be running, has deleted the load balancer",
    );
    assert.equal(
      reasonWith(service({ isBeingDeleted: true, finalizers: ["example.com/other"] })),
      "Service web/cloud is being deleted, and its finalizer service.kubernetes.io/load-balancer-cleanup is gone, so no controller will delete the load balancer",
    );
  });

  it("has no public addresses to pay for if it is internal", () => {
    const internal = { ...loadBalancer("theirs"), Scheme: "internal" as const };
    const [orphan] = orphansIn(existing({ services: [], loadBalancers: [internal] }));
    assert.equal(orphan?.monthlyDollars, 16.43);
  });

  it("is an orphan if its Service is of another type", () =>
    assert.equal(
      reasonWith(service({ type: "ClusterIP", ingress: [] })),
      "Service web/cloud is of type ClusterIP",
    ));

  it("is an orphan that a running controller will delete while the finalizer is there", () =>
    assert.equal(
      reasonWith(
        service({
          type: "NodePort",
          finalizers: ["service.kubernetes.io/load-balancer-cleanup"],
          ingress: [],
        }),
      ),
      "Service web/cloud is of type NodePort; its finalizer service.kubernetes.io/load-balancer-cleanup is still there, so a running controller will delete the load balancer",
    ));

  it("is an orphan if its Service has another one, as after a change of the type annotation", () => {
    const classic = "classic-1.us-west-2.elb.amazonaws.com";
    assert.equal(
      reasonWith(service({ ingress: [classic], annotations: {} })),
      `Service web/cloud has another load balancer: ${classic}`,
    );
    // Both kinds have the same name.
    const named = { ...loadBalancer("theirs"), LoadBalancerName: nameByUid };
    const changed = existing({
      loadBalancers: [named],
      services: [service({ ingress: [classic], annotations: {} })],
      rules: [rule(`client=${nameByUid}`, "sgr-client")],
    });
    assert.deepEqual(
      orphansIn(changed).map(({ name, parts }) => [name, parts.map(({ kind }) => kind)]),
      [[nameByUid, ["target group", "rule"]]],
    );
  });

  it("is an orphan if a Service of this name was made anew", () =>
    assert.equal(
      reasonWith(service({ ingress: [] })),
      `Service web/cloud was made anew, and its load balancer gets another name: ${nameByUid}`,
    ));

  it("is no orphan if its Service will have it, although the status does not name it yet", () => {
    const named = { ...loadBalancer("theirs"), LoadBalancerName: nameByUid };
    for (const ingress of [[], ["former.elb.us-west-2.amazonaws.com"]])
      assert.deepEqual(namesIn({ loadBalancers: [named], services: [service({ ingress })], rules: [] }), []);
  });

  it("is found by its address whatever the case of its letters", () =>
    assert.deepEqual(namesIn({ services: [service({ ingress: [dnsName("theirs").toUpperCase()] })] }), []));

  it("of another cluster, or without the controller's tags, is not this cluster's", () => {
    const others = [
      { "kubernetes.io/service-name": "web/cloud", "kubernetes.io/cluster/prod": "owned" },
      { "kubernetes.io/cluster/dev": "shared" },
    ];
    for (const tags of others)
      assert.deepEqual(namesIn({ services: [], tags: (): Record<string, string> => tags }), []);
  });
});

describe("a target group without load balancer", () => {
  const unused = { ...targetGroup("theirs"), LoadBalancerArns: [] };

  it("is an orphan that costs nothing, even if its Service has a load balancer", () => {
    const [orphan, ...others] = orphansIn(existing({ targetGroups: [unused] }));
    assert.deepEqual(
      [orphan?.kind, orphan?.service, orphan?.reason, orphan?.monthlyDollars, others],
      ["target group", "web/cloud", "no load balancer uses it", 0, []],
    );
  });

  it("is no orphan while its Service waits for the load balancer", () =>
    assert.deepEqual(
      namesIn({ targetGroups: [unused], loadBalancers: [], rules: [], services: [service({ ingress: [] })] }),
      [],
    ));

  it("is no orphan if the controller did not make it", () =>
    assert.deepEqual(namesIn({ targetGroups: [{ ...targetGroup("own"), LoadBalancerArns: [] }] }), []));
});

describe("a rule of the nodes", () => {
  it("is left behind if no load balancer has the name in its description: all of one name are one orphan", () => {
    const rules = [
      rule("client=gone", "sgr-1"),
      rule("health=gone", "sgr-2", { source: "10.0.0.0/20" }),
      rule("client=theirs", "sgr-3"),
    ];
    assert.deepEqual(
      orphansIn(existing({ rules })).map(({ kind, name, reason, parts }) => [
        kind,
        name,
        reason,
        parts.map(({ id }) => id),
      ]),
      [
        [
          "firewall rules",
          "gone",
          "they are for load balancer gone, which does not exist",
          ["sgr-1", "sgr-2"],
        ],
      ],
    );
  });

  it("is needed if the load balancer is another cluster's, or is being made", () => {
    assert.deepEqual(namesIn({ rules: [rule("client=own", "sgr-1")] }), []);
    const waiting = service({ ingress: [] });
    const rules = [rule(`client=${nameByUid}`, "sgr-1")];
    assert.deepEqual(namesIn({ services: [waiting], loadBalancers: [], targetGroups: [], rules }), []);
  });

  it("for path MTU discovery is needed while its group has clients from the same range", () => {
    const gone = rule("client=gone", "sgr-1");
    assert.deepEqual(
      orphansIn(existing({ rules: [gone, mtu("sgr-mtu"), rule("client=theirs", "sgr-2")] })).map(
        ({ parts }) => parts.map(({ id }) => id),
      ),
      [["sgr-1"]],
    );
    const elsewhere = rule("client=theirs", "sgr-2", { securityGroup: "sg-other" });
    assert.deepEqual(
      orphansIn(existing({ rules: [gone, mtu("sgr-mtu"), elsewhere] })).map(({ parts }) =>
        parts.map(({ id }) => id),
      ),
      [["sgr-1", "sgr-mtu"]],
    );
  });

  it("for path MTU discovery is left behind without any clients", () =>
    assert.deepEqual(namesIn({ rules: [mtu("sgr-mtu", { source: "192.0.2.0/24" })] }), [
      "firewall rules for path MTU discovery",
    ]));

  it("of somebody else is not looked at", () => {
    const other = rule("", "sgr-1", { identity: { name: "clients of gone", id: "sgr-1" } });
    assert.deepEqual(namesIn({ rules: [other] }), []);
  });
});

describe("a load balancer of the AWS Load Balancer Controller", () => {
  const ofOther = (changes: Partial<Existing>): Existing =>
    existing({
      tags: (arn = "") =>
        arn.includes("theirs")
          ? { "elbv2.k8s.aws/cluster": "dev", "service.k8s.aws/stack": "web/cloud" }
          : {},
      rules: [],
      ...changes,
    });
  const found = (changes: Partial<Existing>) =>
    orphansIn(ofOther(changes)).map(({ kind, service: of, reason, parts }) => [
      kind,
      of,
      reason,
      parts.map((part) => part.kind),
    ]);
  const claimed = service({ loadBalancerClass: "service.k8s.aws/nlb", ingress: [] });

  it("is no orphan while a Service of the name in its tags names the controller", () => {
    assert.deepEqual(found({ services: [claimed] }), []);
  });

  it("is an orphan without its Service, with its target groups", () => {
    assert.deepEqual(found({ services: [] }), [
      ["load balancer", "web/cloud", "Service web/cloud does not exist", ["target group"]],
    ]);
  });

  it("is an orphan if its Service does not name the controller, and goes if the finalizer is there", () => {
    const [left] = found({ services: [service()] });
    assert.equal(left?.[2], "Service web/cloud does not name the AWS Load Balancer Controller");
    const [pending] = found({ services: [service({ finalizers: ["service.k8s.aws/resources"] })] });
    assert.match(String(pending?.[2]), /a running controller will delete the load balancer$/);
  });

  it("is another cluster's with another name in its tags", () => {
    assert.deepEqual(found({ clusterName: "other", services: [] }), []);
  });

  it("has target groups that are orphans alone, if nothing needs them", () => {
    const unused = { ...targetGroup("theirs"), LoadBalancerArns: [] };
    const alone = { loadBalancers: [], targetGroups: [unused] };
    assert.deepEqual(found({ ...alone, services: [] }), [
      ["target group", "web/cloud", "Service web/cloud does not exist", []],
    ]);
    assert.deepEqual(found({ ...alone, services: [claimed] }), []);
  });
});

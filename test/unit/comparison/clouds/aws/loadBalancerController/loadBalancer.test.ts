import assert from "node:assert/strict";
import type { ServiceFacts } from "../../../../../../comparison/model/service.ts";
import { later } from "../../../../../../comparison/model/later.ts";
import { http, https, subnet } from "../cloudControllerManager/cluster.ts";
import { cluster, made, service } from "./service.ts";

const balancer = (of: ServiceFacts, inCluster = cluster) => made(of, inCluster).loadBalancer;

const targets = (of: ServiceFacts, nodes: typeof cluster.nodes): string[] =>
  balancer(of, { ...cluster, nodes }).pools.flatMap(({ members }) => members.map(({ id }) => id));

describe("the load balancer that the AWS Load Balancer Controller makes", () => {
  it("is internal by default", () => {
    assert.equal(balancer(service()).scheme, "internal");
  });

  const schemes: readonly [Record<string, string>, string][] = [
    [{ scheme: "internet-facing" }, "internet-facing"],
    [{ scheme: "internal", internal: "false" }, "internal"],
    [{ internal: "false" }, "internet-facing"],
    [{ internal: "true" }, "internal"],
  ];
  for (const [annotations, scheme] of schemes) {
    it(`is ${scheme} with ${JSON.stringify(annotations)}`, () => {
      assert.equal(balancer(service({}, annotations)).scheme, scheme);
    });
  }

  it("has a name from the cluster, the Service's uid and the scheme", () => {
    // printf %s dev126f6206-d989-46c8-968d-32088723ea51internal | sha256sum
    assert.equal(balancer(service()).identity.name, "k8s-loadbala-loadbala-06847cd282");
  });

  it("has the name that an annotation gives", () => {
    assert.equal(balancer(service({}, { name: "edge" })).identity.name, "edge");
  });

  it("has a name that is not known before the Service has a uid", () => {
    assert.equal(balancer(service({ identity: { name: "web", id: later } })).identity.name, later);
  });

  it("has tags by which the controller finds it, which win over additional ones", () => {
    const tags = "team=a, service.k8s.aws/stack=mine";
    assert.deepEqual(balancer(service({}, { "additional-resource-tags": tags })).tags, {
      team: "a",
      "elbv2.k8s.aws/cluster": "dev",
      "service.k8s.aws/stack": "loadbalancer-22f2a3a0/loadbalancer-ac3fdf8d",
      "service.k8s.aws/resource": "LoadBalancer",
    });
  });

  it("has the attributes that the annotation names, and those of annotations of their own before them", () => {
    const { attributes } = balancer(
      service(
        {},
        {
          attributes: "deletion_protection.enabled=true,load_balancing.cross_zone.enabled=true",
          "cross-zone-load-balancing-enabled": "false",
          "access-log-enabled": "true",
          "access-log-s3-bucket-name": "logs",
        },
      ),
    );
    assert.equal(attributes["deletion_protection.enabled"], "true");
    assert.equal(attributes["load_balancing.cross_zone.enabled"], "false");
    assert.equal(attributes["access_logs.s3.enabled"], "true");
    assert.equal(attributes["access_logs.s3.bucket"], "logs");
  });

  it("keeps access logs as they are if the annotation says false", () => {
    const annotations = { "access-log-enabled": "false", "access-log-s3-bucket-name": "logs" };
    assert.equal(balancer(service({}, annotations)).attributes["access_logs.s3.bucket"], "");
  });

  it("has private addresses by subnet, whatever their order", () => {
    const { zones } = balancer(service({}, { "private-ipv4-addresses": "10.0.16.9, 10.0.0.9" }));
    assert.deepEqual(
      zones.map(({ addresses }) => addresses),
      [["10.0.0.9"], ["10.0.16.9"]],
    );
  });

  it("has only nodes as targets that are ready and not excluded", () => {
    const [a, b] = cluster.nodes;
    assert.ok(a !== undefined && b !== undefined);
    const excluded = (labels: Record<string, string>) => ({ ...b, labels });
    for (const other of [
      { ...b, ready: false },
      excluded({ "node.kubernetes.io/exclude-from-external-load-balancers": "false" }),
      excluded({ "node-role.kubernetes.io/master": "" }),
      excluded({ "alpha.service-controller.kubernetes.io/exclude-balancer": "" }),
      excluded({ "eks.amazonaws.com/compute-type": "fargate" }),
    ]) {
      assert.deepEqual(targets(service(), [a, other]), ["i-a"]);
    }
  });

  it("has nodes with the labels that the Service wants", () => {
    const [a, b] = cluster.nodes;
    assert.ok(a !== undefined && b !== undefined);
    const nodes = [
      { ...a, labels: { pool: "edge" } },
      { ...b, labels: { pool: "x" } },
    ];
    assert.deepEqual(targets(service({}, { "target-node-labels": "pool=edge" }), nodes), ["i-a"]);
  });

  it("has a listener and a target group for each port", () => {
    const { listeners, pools } = balancer(service({ ports: [http, https] }));
    assert.deepEqual(
      listeners.map(({ protocol, port, forwardsTo }) => [protocol, port, forwardsTo]),
      [
        ["TCP", 80, ["target group of TCP 80"]],
        ["TCP", 443, ["target group of TCP 443"]],
      ],
    );
    assert.deepEqual(
      pools.map(({ identity, port }) => [identity.id, port]),
      [
        ["target group of TCP 80", 32565],
        ["target group of TCP 443", 30443],
      ],
    );
  });
});

describe("the subnets that the AWS Load Balancer Controller chooses", () => {
  const chosen = (annotations: Record<string, string>, subnets: typeof cluster.subnets): string[] =>
    balancer(service({}, annotations), { ...cluster, subnets }).zones.map(({ subnet: id }) => id);
  const tagged = (id: string, zone: string, tags: Record<string, string>, isPublic = true) =>
    subnet(zone, "10.0.0.0/20", { id, tags, public: isPublic });
  const internal = { "kubernetes.io/role/internal-elb": "1" };

  it("have the tag of the scheme's role", () => {
    assert.deepEqual(
      chosen({}, [
        tagged("subnet-1", "us-west-2a", internal),
        tagged("subnet-2", "us-west-2b", { "kubernetes.io/role/elb": "1" }),
        tagged("subnet-3", "us-west-2b", { "kubernetes.io/role/internal-elb": "0" }),
      ]),
      ["subnet-1"],
    );
  });

  it("are those that can be reached as the scheme wants, if none has the tag", () => {
    const subnets = [tagged("subnet-1", "us-west-2a", {}), tagged("subnet-2", "us-west-2a", {}, false)];
    assert.deepEqual(chosen({}, subnets), ["subnet-2"]);
    assert.deepEqual(chosen({ scheme: "internet-facing" }, subnets), ["subnet-1"]);
  });

  it("are one for each zone, first with the cluster's tag, then by id, in the order of ids", () => {
    assert.deepEqual(
      chosen({}, [
        tagged("subnet-4", "us-west-2a", internal),
        tagged("subnet-5", "us-west-2a", { ...internal, "kubernetes.io/cluster/dev": "owned" }),
        tagged("subnet-2", "us-west-2b", internal),
        tagged("subnet-1", "us-west-2b", internal),
      ]),
      ["subnet-1", "subnet-5"],
    );
  });

  it("are not those of other clusters alone", () => {
    assert.deepEqual(
      chosen({}, [
        tagged("subnet-1", "us-west-2a", { ...internal, "kubernetes.io/cluster/other": "shared" }),
        tagged("subnet-2", "us-west-2b", internal),
      ]),
      ["subnet-2"],
    );
  });

  it("are those that the annotation names, by id or by the tag Name, in its order", () => {
    assert.deepEqual(
      chosen({ subnets: "b, subnet-1" }, [
        tagged("subnet-1", "us-west-2a", {}),
        tagged("subnet-2", "us-west-2b", { Name: "b" }),
      ]),
      ["subnet-2", "subnet-1"],
    );
  });

  it("are several of one name, if it is given several times", () => {
    assert.deepEqual(
      chosen({ subnets: "x,x" }, [
        tagged("subnet-2", "us-west-2b", { Name: "x" }),
        tagged("subnet-1", "us-west-2a", { Name: "x" }),
      ]),
      ["subnet-1", "subnet-2"],
    );
  });
});

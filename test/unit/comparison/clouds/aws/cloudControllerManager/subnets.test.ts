import assert from "node:assert/strict";
import type { SubnetFacts } from "../../../../../../comparison/clouds/aws/model.ts";
import { cluster, made, refusal, service, subnet } from "./cluster.ts";

const owned = { "kubernetes.io/cluster/dev": "shared" };

const chosen = (subnets: readonly SubnetFacts[], annotations: Record<string, string> = {}): string[] =>
  made(service({}, annotations), { ...cluster, subnets }).loadBalancer.zones.map(({ subnet: id }) => id);

const inZoneA = (id: string, changes: Partial<SubnetFacts> = {}): SubnetFacts =>
  subnet("us-west-2a", "10.0.0.0/20", { id, ...changes });

describe("subnets that the cloud controller manager chooses", () => {
  it("are one a zone, in the order of the zones", () => {
    assert.deepEqual(chosen(cluster.subnets), ["subnet-us-west-2a", "subnet-us-west-2b"]);
  });

  it("are public ones for an internet-facing load balancer", () => {
    assert.deepEqual(chosen([inZoneA("subnet-1", { public: false }), inZoneA("subnet-2")]), ["subnet-2"]);
  });

  it("may be private ones for an internal load balancer", () => {
    assert.deepEqual(chosen([inZoneA("subnet-1", { public: false })], { internal: "true" }), ["subnet-1"]);
  });

  it("are in a zone those with the tag of the role first", () => {
    const plain = inZoneA("subnet-1", { tags: owned });
    const tagged = inZoneA("subnet-2", { tags: { "kubernetes.io/role/elb": "" } });
    assert.deepEqual(chosen([plain, tagged]), ["subnet-2"]);
    const internal = inZoneA("subnet-3", { tags: { "kubernetes.io/role/internal-elb": "1" } });
    assert.deepEqual(chosen([plain, tagged, internal], { internal: "true" }), ["subnet-3"]);
  });

  it("are in a zone then those with the cluster's tag", () => {
    const tagged = inZoneA("subnet-2", { tags: owned });
    assert.deepEqual(chosen([inZoneA("subnet-1", { tags: {} }), tagged]), ["subnet-2"]);
  });

  it("are in a zone then those with the lower id", () => {
    assert.deepEqual(chosen([inZoneA("subnet-2"), inZoneA("subnet-1")]), ["subnet-1"]);
  });

  it("are never another cluster's", () => {
    const others = inZoneA("subnet-1", { tags: { "kubernetes.io/cluster/prod": "shared" } });
    assert.deepEqual(chosen([others, inZoneA("subnet-2", { tags: {} })]), ["subnet-2"]);
  });

  it("are this cluster's with the tag of old", () => {
    const tags = { "kubernetes.io/cluster/prod": "shared", KubernetesCluster: "dev" };
    assert.deepEqual(chosen([inZoneA("subnet-1", { tags })]), ["subnet-1"]);
  });

  it("are not in local zones", () => {
    const local = subnet("us-west-2-lax-1a", "10.0.32.0/20");
    assert.deepEqual(chosen([local, inZoneA("subnet-1")]), ["subnet-1"]);
  });

  it("are the annotated ones, by id or name, in the order of the annotation", () => {
    const named = subnet("us-west-2b", "10.0.16.0/20", { id: "subnet-2", tags: { Name: "front" } });
    const subnets = [inZoneA("subnet-1", { public: false }), named];
    assert.deepEqual(chosen(subnets, { subnets: "front, subnet-1," }), ["subnet-2", "subnet-1"]);
  });

  it("lead to a refusal if one of the annotated is not there", () => {
    assert.match(
      refusal(service({}, { subnets: "subnet-us-west-2a,subnet-x" })),
      /names 2 subnets \("subnet-us-west-2a,subnet-x"\), and the cluster has 1 of them/,
    );
  });

  it("lead to a refusal if the annotation is empty", () => {
    assert.match(refusal(service({}, { subnets: " , " })), /names 0 subnets/);
  });

  it("lead to a refusal if two of the annotated are in one zone", () => {
    const subnets = [inZoneA("subnet-1"), inZoneA("subnet-2")];
    assert.match(
      refusal(service({}, { subnets: "subnet-1,subnet-2" }), { ...cluster, subnets }),
      /several subnets in one zone/,
    );
  });

  it("lead to a refusal if none is suitable", () => {
    const subnets = [inZoneA("subnet-1", { public: false })];
    assert.match(
      refusal(service(), { ...cluster, subnets }),
      /none of the cluster's 1 subnets is suitable for an internet-facing load balancer/,
    );
  });
});

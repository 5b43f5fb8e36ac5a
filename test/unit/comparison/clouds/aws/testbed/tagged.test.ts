import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { ResourceTransformation } from "@pulumi/pulumi";
import { tagged } from "../../../../../../comparison/clouds/aws/testbed/tagged.ts";

type Seen = Parameters<ResourceTransformation>[0];

const annotation = "service.beta.kubernetes.io/aws-load-balancer-additional-resource-tags";
const transformed = (type: string, props: object): unknown =>
  tagged("for", "tests")({ type, props, name: "x", opts: {} } as unknown as Seen)?.props;

describe("a tag on every load balancer", () => {
  it("is set on one that the program declares", () => {
    assert.deepEqual(transformed("aws:lb/loadBalancer:LoadBalancer", { internal: false }), {
      internal: false,
      tags: { for: "tests" },
    });
  });

  it("is asked of the cloud controller, beside what else is asked of it", () => {
    const spec = { type: "LoadBalancer" };
    assert.deepEqual(
      transformed("kubernetes:core/v1:Service", { metadata: { annotations: { other: "1" } }, spec }),
      { metadata: { annotations: { other: "1", [annotation]: "for=tests" } }, spec },
    );
  });

  it("leaves Services of type NodePort and everything else as they are", () => {
    const props = { metadata: {}, spec: { type: "NodePort" } };
    assert.equal(transformed("kubernetes:core/v1:Service", props), undefined);
    assert.equal(transformed("aws:lb/targetGroup:TargetGroup", {}), undefined);
  });
});

import assert from "node:assert/strict";
import { predict } from "../../../../../../comparison/clouds/aws/cloudControllerManager/predict.ts";
import type { ServiceFacts } from "../../../../../../comparison/model/service.ts";
import { cluster, dns, http, prefix, refusal, service } from "./cluster.ts";

const notItsOwn = (of: ServiceFacts): string => {
  const predicted = predict(of, cluster);
  if (predicted.kind !== "not its own") throw new Error(`not: ${predicted.kind}`);
  return predicted.reason;
};

describe("a Service that is not the cloud controller manager's", () => {
  for (const type of ["NodePort", "ClusterIP", "ExternalName"]) {
    it(`has the type ${type}`, () => {
      assert.match(notItsOwn(service({ type })), new RegExp(`^the Service's type is ${type};`));
    });
  }

  it("has a class of load balancers", () => {
    assert.match(
      notItsOwn(service({ loadBalancerClass: "service.k8s.aws/nlb" })),
      /loadBalancerClass is service\.k8s\.aws\/nlb/,
    );
  });

  for (const type of ["external", "nlb-ip"]) {
    it(`is annotated as ${type}`, () => {
      assert.match(
        notItsOwn(service({}, { type })),
        /the AWS Load Balancer Controller handles such a Service/,
      );
    });
  }

  it("gets a Classic Load Balancer: one that is annotated otherwise, or not at all", () => {
    assert.match(notItsOwn(service({}, { type: "NLB" })), /type is "NLB".*Classic Load Balancer/);
    assert.match(notItsOwn(service({}, { type: undefined })), /type is missing.*Classic Load Balancer/);
  });
});

describe("a Service that the cloud controller manager refuses", () => {
  const attributes = (value: string): ServiceFacts => service({}, { "target-group-attributes": value });
  const refused: readonly [string, ServiceFacts, RegExp][] = [
    [
      "keeps a client at one pod",
      service({ sessionAffinity: "ClientIP" }),
      /^sessionAffinity is ClientIP; allowed is None$/,
    ],
    ["has no ports", service({ ports: [] }), /has no ports/],
    [
      "has TCP and UDP ports",
      service({ ports: [http, dns] }),
      /protocols TCP and UDP; all ports must have the same protocol/,
    ],
    [
      "has SCTP ports",
      service({ ports: [{ ...http, protocol: "SCTP" }] }),
      /protocol SCTP; allowed are TCP and UDP/,
    ],
    [
      "brings security groups",
      service({}, { "security-groups": "sg-1" }),
      /aws-load-balancer-security-groups is not allowed/,
    ],
    [
      "brings more security groups",
      service({}, { "extra-security-groups": "" }),
      /extra-security-groups is not allowed/,
    ],
    [
      "sets other attributes of target groups",
      attributes("stickiness.enabled=true"),
      /sets stickiness\.enabled; allowed are preserve_client_ip\.enabled and/,
    ],
    [
      "sets an attribute to nothing",
      attributes("preserve_client_ip.enabled"),
      /preserve_client_ip\.enabled to ""; allowed are true and false/,
    ],
    [
      "sets an attribute to another word",
      attributes("proxy_protocol_v2.enabled=True"),
      /to "True"; allowed are true and false/,
    ],
    [
      "hides the clients of a UDP port",
      service({ ports: [dns] }, { "target-group-attributes": "preserve_client_ip.enabled=false" }),
      /AWS allows only true for UDP/,
    ],
  ];
  for (const [what, of, reason] of refused) {
    it(what, () => {
      assert.match(refusal(of), reason);
    });
  }

  it("is told the first reason in the controller's order", () => {
    const twice = service({ sessionAffinity: "ClientIP", ports: [] }, { "security-groups": "sg-1" });
    assert.ok(refusal(twice).startsWith(`${prefix}security-groups`));
  });
});

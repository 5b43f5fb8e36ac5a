import assert from "node:assert/strict";
import { predict } from "../../../../../../comparison/clouds/aws/cloudControllerManager/predict.ts";
import type { ServiceFacts } from "../../../../../../comparison/model/service.ts";
import { cluster, service } from "./cluster.ts";

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

  const port = { name: "a", protocol: "TCP", port: 514, targetPort: 514, nodePort: 30514 };
  const refusedClassic: readonly (readonly [
    what: string,
    facts: Partial<ServiceFacts>,
    annotations: object,
    says: RegExp,
  ])[] = [
    [
      "UDP",
      { ports: [{ ...port, protocol: "UDP" }] },
      {},
      /the protocol UDP; a Classic Load Balancer takes TCP only/,
    ],
    ["an affinity", { sessionAffinity: "ClientIP" }, {}, /sessionAffinity is ClientIP/],
    ["an address", { loadBalancerIP: "192.0.2.1" }, {}, /loadBalancerIP is 192\.0\.2\.1/],
    [
      "attributes of target groups",
      {},
      { "target-group-attributes": "" },
      /only for a Network Load Balancer/,
    ],
    ["a proxy protocol without a star", {}, { "proxy-protocol": "true" }, /allowed is "\*"/],
    ["a time-out that is no number", {}, { "connection-idle-timeout": "60s" }, /must be a whole number/],
    ["a flag that is no truth", {}, { "connection-draining-enabled": "yes" }, /allowed are true and false/],
    [
      "a protocol of the pods that there is not",
      {},
      { "backend-protocol": "udp", "ssl-cert": "arn:aws:acm:eu-central-1:111122223333:certificate/a" },
      /allowed are https, http, ssl, tcp/,
    ],
  ];
  for (const [what, facts, annotations, says] of refusedClassic) {
    it(`gets not even a Classic Load Balancer: ${what}`, () => {
      const predicted = predict(service(facts, { type: undefined, ...annotations }), cluster);
      const reason = predicted.kind === "refused" ? predicted.reason : predicted.kind;
      assert.match(reason, says);
      assert.match(reason, /asks for a Classic Load Balancer/);
    });
  }

  it("gets a Classic Load Balancer: one that is annotated otherwise, or not at all", () => {
    assert.match(notItsOwn(service({}, { type: "NLB" })), /type is "NLB".*Classic Load Balancer/);
    assert.match(notItsOwn(service({}, { type: undefined })), /type is missing.*Classic Load Balancer/);
  });
});

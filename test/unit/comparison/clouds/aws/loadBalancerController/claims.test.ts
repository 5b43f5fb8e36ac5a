import assert from "node:assert/strict";
import { aws } from "../../../../../../comparison/clouds/aws/index.ts";
import { loadBalancerController } from "../../../../../../comparison/clouds/aws/loadBalancerController/index.ts";
import { controllerOf } from "../../../../../../comparison/clouds/cloud.ts";
import type { ServiceFacts } from "../../../../../../comparison/model/service.ts";
import { dns } from "../cloudControllerManager/cluster.ts";
import { cluster, service } from "./service.ts";

const withoutClass = { loadBalancerClass: undefined };

function unclaimed(annotations: Readonly<Record<string, string>>, changes = {}): ServiceFacts {
  const { loadBalancerClass: _none, ...rest } = service(changes, annotations);
  return rest;
}

describe("the AWS Load Balancer Controller claims a Service", () => {
  const claimed: readonly [string, ServiceFacts][] = [
    ["of its class", service()],
    ["of its class, whatever the type annotation says", service({}, { type: "nlb" })],
    ["of type nlb-ip", unclaimed({ type: "nlb-ip" })],
    [
      "of type external with nodes as targets",
      unclaimed({ type: "external", "nlb-target-type": "instance" }),
    ],
    ["of type external with pods as targets", unclaimed({ type: "external", "nlb-target-type": "ip" })],
    [
      "of another type than LoadBalancer, if annotations ask for it",
      unclaimed({ type: "external", "nlb-target-type": "instance" }, { type: "NodePort" }),
    ],
  ];
  for (const [what, of] of claimed) {
    it(what, () => {
      assert.equal(controllerOf(aws, of).title, "the AWS Load Balancer Controller");
    });
  }
});

describe("the AWS Load Balancer Controller leaves alone a Service", () => {
  const left: readonly [string, ServiceFacts, RegExp][] = [
    [
      "of another class",
      service({ loadBalancerClass: "example.com/x" }, { type: "nlb-ip" }),
      /example\.com\/x/,
    ],
    ["that names nobody", unclaimed({}), /neither by loadBalancerClass/],
    ["of type nlb", unclaimed({ type: "nlb" }), /neither by loadBalancerClass/],
    [
      "of type external without a type of targets",
      unclaimed({ type: "external" }),
      /serves such a Service only with "instance" or "ip"/,
    ],
    ["of type NodePort without annotations", unclaimed({}, { type: "NodePort" }), /its type is NodePort/],
  ];
  for (const [what, of, reason] of left) {
    it(what, () => {
      assert.equal(loadBalancerController.claims(of), false);
      const predicted = loadBalancerController.predict(of, cluster);
      assert.ok(predicted.kind === "not its own");
      assert.match(predicted.reason, reason);
    });
  }
});

describe("the webhook of the AWS Load Balancer Controller", () => {
  const created = (of: ServiceFacts): string | undefined =>
    loadBalancerController.asCreated?.(of).loadBalancerClass;

  it("gives a new LoadBalancer Service without a class its own, also one of type nlb", () => {
    assert.equal(created(unclaimed({ type: "nlb" })), "service.k8s.aws/nlb");
  });

  it("leaves other classes and other types", () => {
    assert.equal(created(service({ loadBalancerClass: "example.com/x" })), "example.com/x");
    assert.equal(created(unclaimed({}, { type: "NodePort" })), withoutClass.loadBalancerClass);
  });
});

describe("what the model of the AWS Load Balancer Controller does not follow", () => {
  const cases: readonly [string, ServiceFacts, RegExp][] = [
    [
      "pods as targets with IPv6",
      service({ ipFamilies: ["IPv4", "IPv6"] }, { "ip-address-type": "dualstack", "nlb-target-type": "ip" }),
      /the families IPv4 and IPv6, and pods as targets/,
    ],
    ["QUIC", service({ ports: [dns] }, { "quic-enabled-ports": "53" }), /quic-enabled-ports/],
    ["targets of several clusters", service({}, { "multi-cluster-target-group": "true" }), /multi-cluster/],
    [
      "several target groups behind a listener",
      service({
        annotations: { "service.beta.kubernetes.io/actions.TCP-80": "{}" },
      }),
      /actions\.TCP-80/,
    ],
    [
      "the VPC's ranges as clients",
      service({}, { "disable-nlb-sg": "true" }),
      /the model does not know the VPC's ranges/,
    ],
    [
      "a range with blanks around it",
      service({ loadBalancerSourceRanges: [" 10.0.0.0/8"] }),
      /a range is " 10\.0\.0\.0\/8"/,
    ],
    [
      "a range that EC2 keeps otherwise, on the nodes",
      service({ loadBalancerSourceRanges: ["10.1.2.3/8"] }, { "disable-nlb-sg": "true" }),
      /a range is "10\.1\.2\.3\/8", of which EC2 makes 10\.0\.0\.0\/8/,
    ],
    [
      "a Service of another type",
      unclaimed({ type: "external", "nlb-target-type": "instance" }, { type: "NodePort" }),
      /the Service's type is NodePort/,
    ],
  ];
  for (const [what, of, reason] of cases) {
    it(`is ${what}: it predicts nothing, and says why`, () => {
      const predicted = loadBalancerController.predict(of, cluster);
      assert.ok(predicted.kind === "not modelled");
      assert.match(predicted.reason, reason);
      assert.match(loadBalancerController.whyNone(of, cluster) ?? "", reason);
    });
  }

  it("is no annotation that asks for nothing of it", () => {
    const annotations = {
      "ip-address-type": "ipv4",
      "quic-enabled-ports": "8443",
      "multi-cluster-target-group": "false",
      "nlb-target-type": "instance",
    };
    assert.equal(loadBalancerController.predict(service({}, annotations), cluster).kind, "made");
    assert.equal(loadBalancerController.whyNone(service({}, annotations), cluster), undefined);
  });

  it("is no range that EC2 keeps otherwise where the nodes do not let it in", () => {
    const of = (annotations: Readonly<Record<string, string>>) =>
      loadBalancerController.predict(
        service({ loadBalancerSourceRanges: ["10.1.2.3/8"] }, annotations),
        cluster,
      ).kind;
    assert.equal(of({}), "made");
    assert.equal(
      of({ "disable-nlb-sg": "true", "target-group-attributes": "preserve_client_ip.enabled=false" }),
      "made",
    );
  });
});

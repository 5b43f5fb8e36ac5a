import assert from "node:assert/strict";
import { LoadBalancerExposure, NetworkLoadBalancer, NodePortExposure } from "../../../../components/index.ts";
import type { LoadBalancerExposureArgs, NodePortExposureArgs } from "../../../../components/index.ts";
import { declare, network } from "../core/declaring.ts";

const args = {
  namespace: "shop",
  selector: { app: "web" },
  ports: [
    { name: "http", port: 80, targetPort: 8080 },
    { name: "alt", port: 81, targetPort: 8080 },
  ],
  loadBalancerSourceRanges: ["203.0.113.0/24"],
} as const;

type Declared = Awaited<ReturnType<typeof declare>>["resources"];

const ofType = (resources: Declared, type: string) =>
  resources.filter((each) => each.type.endsWith(`:${type}`)).map(({ inputs }) => inputs);

const own = (more: Partial<NodePortExposureArgs>) =>
  declare(() => new NodePortExposure("web", { ...args, network, targetType: "ip", ...more }), {
    preview: false,
  });

const served = (more: Partial<LoadBalancerExposureArgs>) =>
  declare(() => new LoadBalancerExposure("web", { ...args, ...more }), { preview: false });

const controller = "aws-load-balancer-controller";

describe("pods as targets", () => {
  it("of a program's load balancer are bound by the controller, at the pods' port", async () => {
    const { resources } = await own({ targetGroupBinding: true });
    assert.deepEqual(
      ofType(resources, "TargetGroup").map(({ targetType, port }) => [targetType, port]),
      [
        ["ip", 8080],
        ["ip", 8080],
      ],
    );
    const bindings = ofType(resources, "TargetGroupBinding") as { spec: { targetType: string } }[];
    assert.deepEqual(
      bindings.map(({ spec }) => spec.targetType),
      ["ip", "ip"],
    );
    assert.deepEqual(ofType(resources, "TargetGroupAttachment"), []);
  });

  it("have one rule for their port, however many listeners lead there", async () => {
    const { resources } = await own({ targetGroupBinding: true });
    const rules = ofType(resources, "SecurityGroupIngressRule").filter(
      ({ cidrIpv4, ipProtocol }) => cidrIpv4 === "203.0.113.0/24" && ipProtocol === "tcp",
    );
    assert.deepEqual(
      rules.map(({ fromPort, toPort }) => [fromPort, toPort]),
      [[8080, 8080]],
    );
  });

  it("may be behind a Service of type ClusterIP, with a load balancer of the program's", async () => {
    const { resources } = await declare(
      () =>
        new NetworkLoadBalancer("edge", {
          network,
          targetType: "ip",
          ports: [{ name: "http", port: 80, nodePort: 8080 }],
          loadBalancerSourceRanges: ["203.0.113.0/24"],
          targetGroupBinding: { namespace: "shop", serviceName: "web" },
        }),
      { preview: false },
    );
    assert.deepEqual(
      ofType(resources, "TargetGroup").map(({ targetType }) => targetType),
      ["ip"],
    );
    assert.deepEqual(ofType(resources, "Service"), []);
  });

  it("of the AWS Load Balancer Controller need no node ports", async () => {
    const { resources } = await served({
      controller,
      targetType: "ip",
      allocateLoadBalancerNodePorts: false,
    });
    const [service] = ofType(resources, "Service") as {
      metadata: { annotations: Record<string, string> };
      spec: { allocateLoadBalancerNodePorts: boolean };
    }[];
    const prefix = "service.beta.kubernetes.io/aws-load-balancer-";
    assert.equal(service?.metadata.annotations[`${prefix}nlb-target-type`], "ip");
    assert.equal(service.spec.allocateLoadBalancerNodePorts, false);
  });

  it("are checked with the timing of the policy Cluster: kube-proxy's policy says nothing of them", async () => {
    const { resources } = await served({ controller, targetType: "ip", externalTrafficPolicy: "Local" });
    const [service] = ofType(resources, "Service") as { metadata: { annotations: Record<string, string> } }[];
    const prefix = "service.beta.kubernetes.io/aws-load-balancer-healthcheck-";
    assert.equal(service?.metadata.annotations[`${prefix}interval`], "30");
  });

  const refused: readonly [string, () => Promise<unknown>, RegExp][] = [
    [
      "without a binding",
      () => own({}),
      /targetType: "ip" cannot be set alone: nobody registers the pods.*set targetGroupBinding/,
    ],
    [
      "with labels of nodes",
      () => own({ targetGroupBinding: { nodeSelector: { role: "edge" } } }),
      /targetGroupBinding\.nodeSelector: \{"role":"edge"\} cannot be set with targetType "ip".*omit it/,
    ],
    [
      "at a port with a name, whose number the rules need",
      () => own({ targetGroupBinding: true, ports: [{ name: "http", port: 80, targetPort: "web" }] }),
      /ports\[0\]\.targetPort: "web" cannot be set with targetType "ip".*set the number/,
    ],
    [
      "without node ports of a NodePort Service",
      () => own({ targetGroupBinding: true, allocateLoadBalancerNodePorts: false }),
      /allocateLoadBalancerNodePorts: false cannot be set: a Service of type NodePort always has node ports/,
    ],
    [
      "by the cloud controller manager",
      () => served({ targetType: "ip" }),
      /targetType: "ip" cannot be set: the AWS cloud controller manager registers nodes; allowed is "instance"; use a LoadBalancerExposure/,
    ],
    [
      "by the cloud controller manager, and neither are missing node ports",
      () => served({ allocateLoadBalancerNodePorts: false }),
      /allocateLoadBalancerNodePorts: false cannot be set.*set targetType to "ip"/,
    ],
    [
      "of nodes without node ports",
      () => served({ controller, allocateLoadBalancerNodePorts: false }),
      /allocateLoadBalancerNodePorts: false cannot be set: nodes are targets at their node ports/,
    ],
  ];
  for (const [what, declared, message] of refused) {
    it(`are refused ${what}`, async () => {
      await assert.rejects(declared(), message);
    });
  }
});

import assert from "node:assert/strict";
import { connect } from "../../../program/clouds/aws/connection.ts";
import type { AwsSettings } from "../../../program/clouds/aws/settings.ts";
import { callsOf } from "../components/aws/answeringAccount.ts";
import { declare } from "../components/core/declaring.ts";

const ofCluster = { "kubernetes.io/cluster/dev": "owned" };
const automatic = {
  ...ofCluster,
  "eks:eks-cluster-name": "dev",
  "eks:kubernetes-node-pool-name": "general-purpose",
};

/** A managed node group beside nodes of EKS Auto Mode. */
const calls = callsOf({
  instances: {
    "i-1": { groups: ["sg-nodes"], tags: ofCluster },
    "i-auto": { groups: ["sg-nodes"], tags: automatic },
  },
  securityGroups: { "sg-nodes": { tags: ofCluster } },
  subnets: { "subnet-a": { "kubernetes.io/role/elb": "1" } },
  autoscalingGroups: {
    "eks-general-1": {
      tags: { "eks:cluster-name": "dev", "eks:nodegroup-name": "general" },
      subnets: "subnet-a",
    },
  },
});

const settings: AwsSettings = {
  network: {},
  options: {},
  controller: "aws-cloud-controller-manager",
  sharedNodeRules: true,
  targetGroupBinding: false,
  ports: {},
  adopted: {},
  kubeconfigFrom: "kubectl",
};

const nodesWith = async (changes: Partial<AwsSettings>) => {
  const { result } = await declare(() => connect("dev", { ...settings, ...changes }), {
    preview: true,
    calls,
  });
  return result.cluster.nodes.map(({ instanceId }) => instanceId);
};

describe("the program on a cluster with EKS Auto Mode", () => {
  const network = { nodeGroupNames: ["general"] };
  const controller = "aws-load-balancer-controller";

  it("refuses to attach its nodes", async () => {
    await assert.rejects(nodesWith({ controller }), /i-auto: EKS Auto Mode launched these nodes/);
  });

  it("refuses a comparison with what another controller than Auto Mode's would make, also with other nodes as targets", async () => {
    await assert.rejects(
      nodesWith({ network }),
      /has nodes of EKS Auto Mode, which gives a new LoadBalancer Service the class eks\.amazonaws\.com\/nlb .* Set controller to aws-load-balancer-controller/,
    );
  });

  it("goes on with the AWS Load Balancer Controller, with other nodes or with a binding", async () => {
    assert.deepEqual(await nodesWith({ controller, network }), ["i-1"]);
    assert.deepEqual(await nodesWith({ controller, targetGroupBinding: true }), ["i-1", "i-auto"]);
  });
});

import assert from "node:assert/strict";
import type { Account } from "../../../../../../lab/clouds/aws/account/account.ts";
import { cloudConfig } from "../../../../../../lab/clouds/aws/controller/cloudConfig.ts";
import { cloudControllerFlags } from "../../../../../../lab/clouds/cloudController.ts";

const account: Pick<Account, "vpcId" | "nodes"> = {
  vpcId: "vpc-1",
  nodes: [
    { name: "node-a", zone: "us-west-2a", subnetId: "subnet-1", instanceId: "i-1", address: "10.0.0.10" },
    { name: "node-b", zone: "us-west-2b", subnetId: "subnet-2", instanceId: "i-2", address: "10.0.16.10" },
  ],
};

describe("cloud.conf", () => {
  it("names region, VPC, subnet and cluster, and each of the lab's services with all of its fields", () => {
    assert.equal(
      cloudConfig(account),
      `[Global]
Region = us-west-2
VPC = vpc-1
SubnetID = subnet-1
KubernetesClusterID = dev

[ServiceOverride "1"]
Service = EC2
Region = us-west-2
URL = http://127.0.0.1:4566
SigningRegion = us-west-2

[ServiceOverride "2"]
Service = "Elastic Load Balancing"
Region = us-west-2
URL = http://127.0.0.1:4566
SigningRegion = us-west-2

[ServiceOverride "3"]
Service = "Elastic Load Balancing v2"
Region = us-west-2
URL = http://127.0.0.1:4566
SigningRegion = us-west-2
`,
    );
  });

  it("cannot be made for an account without nodes", () => {
    assert.throws(() => cloudConfig({ ...account, nodes: [] }), /no nodes/);
  });
});

describe("the cloud controller's flags", () => {
  const flags = cloudControllerFlags("aws", { kubeconfig: "/k", cloudConfig: "/c" });

  it("point to both files", () => {
    assert.ok(flags.includes("--kubeconfig=/k"));
    assert.ok(flags.includes("--cloud-config=/c"));
  });

  it("run the controller of load balancers alone, without routes of the cloud", () => {
    assert.ok(flags.includes("--controllers=service-lb-controller"));
    assert.ok(flags.includes("--configure-cloud-routes=false"));
  });
});

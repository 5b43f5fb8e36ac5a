import assert from "node:assert/strict";
import type { Address, NetworkInterface } from "@aws-sdk/client-ec2";
import { networkOrphans } from "../../../../../../comparison/clouds/aws/orphans/network.ts";
import type { ExistingNetwork } from "../../../../../../comparison/clouds/aws/orphans/network.ts";
import { commandsFor } from "../../../../../../comparison/clouds/aws/orphans/removal.ts";
import { node } from "../../../sources/account.ts";

const existing = (changes: Partial<ExistingNetwork>): ExistingNetwork => ({
  clusterName: "dev",
  nodes: [node],
  loadBalancers: ["shop"],
  interfaces: [],
  addresses: [],
  ...changes,
});

const found = (changes: Partial<ExistingNetwork>) => networkOrphans(existing(changes));

const of = (Description: string, more: NetworkInterface = {}): NetworkInterface => ({
  NetworkInterfaceId: "eni-1",
  Status: "in-use",
  Description,
  ...more,
});

describe("a network interface", () => {
  it("is left behind if its load balancer is gone, whatever its kind, and AWS still has to release it", () => {
    for (const description of [
      "ELB net/gone/50dc6c495c0c9188",
      "ELB app/gone/50dc6c495c0c9188",
      "ELB gone",
    ]) {
      const [orphan, ...others] = found({ interfaces: [of(description)] });
      assert.deepEqual(others, []);
      assert.equal(
        orphan?.reason,
        "it is of the load balancer gone, which does not exist; AWS releases it by itself within minutes",
      );
      assert.deepEqual(commandsFor(orphan), []);
    }
  });

  it("can be deleted once nothing has it", () => {
    const [orphan] = found({ interfaces: [of("ELB net/gone/50dc6c495c0c9188", { Status: "available" })] });
    assert.equal(orphan?.reason, "it is of the load balancer gone, which does not exist");
    assert.deepEqual(commandsFor(orphan), ["aws ec2 delete-network-interface --network-interface-id eni-1"]);
  });

  it("is needed by a load balancer that is there, and those of instances and of EKS are none of a load balancer's", () => {
    const others = [
      "ELB net/shop/50dc6c495c0c9188",
      "ELB shop",
      "Amazon EKS dev",
      "",
      "Primary network interface",
    ];
    assert.deepEqual(found({ interfaces: others.map((each) => of(each)) }), []);
  });

  const tags = (cluster: string, instance: string): NetworkInterface => ({
    Status: "available",
    TagSet: [
      { Key: "cluster.k8s.amazonaws.com/name", Value: cluster },
      { Key: "node.k8s.amazonaws.com/instance_id", Value: instance },
    ],
  });

  it("is left behind if the AWS VPC CNI made it for an instance that is no node any more", () => {
    const [orphan] = found({ interfaces: [of("aws-K8S-i-gone", tags("dev", "i-gone"))] });
    assert.equal(orphan?.reason, "the AWS VPC CNI made it for i-gone, which is no node any more");
  });

  it("is not judged if it is a node's, another cluster's, or attached", () => {
    const interfaces = [
      of("aws-K8S-a", tags("dev", node.instanceId)),
      of("aws-K8S-b", tags("other", "i-gone")),
      of("aws-K8S-c", { ...tags("dev", "i-gone"), Status: "in-use" }),
    ];
    assert.deepEqual(found({ interfaces }), []);
  });
});

describe("an Elastic IP address of the cluster", () => {
  const address: Address = { PublicIp: "198.51.100.7", AllocationId: "eipalloc-1" };

  it("is left behind if nothing has it, and costs what it costs in use", () => {
    const [orphan] = found({ addresses: [address] });
    assert.deepEqual(
      [orphan?.kind, orphan?.name, orphan?.monthlyDollars],
      ["Elastic IP address", "198.51.100.7", 3.65],
    );
    assert.deepEqual(commandsFor(orphan!), ["aws ec2 release-address --allocation-id eipalloc-1"]);
  });

  it("is needed while something has it", () => {
    assert.deepEqual(found({ addresses: [{ ...address, AssociationId: "eipassoc-1" }] }), []);
  });
});

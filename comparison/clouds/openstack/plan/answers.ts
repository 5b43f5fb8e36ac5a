/** Answers of a cloud to the program: only what is known before an update. */
import type { MockCallArgs, MockCallResult } from "@pulumi/pulumi/runtime/mocks.js";
import type { Answers } from "../../plan.ts";
import type { OpenStackClusterFacts } from "../model.ts";

export class AssumedCloud implements Answers {
  readonly #cluster: OpenStackClusterFacts;

  constructor(cluster: OpenStackClusterFacts) {
    this.#cluster = cluster;
  }

  call({ token, inputs }: MockCallArgs): MockCallResult {
    const { nodes, subnetCidr, floatingNetwork } = this.#cluster;
    const asked = inputs as Readonly<Record<"subnetId" | "networkId" | "portId", string>>;
    switch (token) {
      case "openstack:networking/getSubnet:getSubnet":
        return { id: asked.subnetId, cidr: subnetCidr, networkId: `network of ${asked.subnetId}` };
      case "openstack:networking/getNetwork:getNetwork":
        return { id: asked.networkId, name: floatingNetwork?.name ?? "" };
      case "openstack:networking/getPortIds:getPortIds":
        return { ids: nodes.map(({ name }) => name) };
      case "openstack:networking/getPort:getPort": {
        const node = nodes.find(({ name }) => name === asked.portId);
        return {
          id: asked.portId,
          name: asked.portId,
          allFixedIps: node === undefined ? [] : [node.address],
        };
      }
      default:
        throw new Error(`The plan has no answer to ${token}: add one to AssumedCloud.`);
    }
  }
}

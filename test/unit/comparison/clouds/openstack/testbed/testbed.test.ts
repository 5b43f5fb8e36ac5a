import assert from "node:assert/strict";
import { openstackTestbed } from "../../../../../../comparison/clouds/openstack/testbed/testbed.ts";
import { variants } from "../../../../../../comparison/scenarios/testbed/variants.ts";
import { declare, inputsOf } from "../../../../components/core/declaring.ts";

const calls = {
  "openstack:networking/getSubnet:getSubnet": () => ({ cidr: "10.0.0.0/24", networkId: "nodes" }),
  "openstack:networking/getNetwork:getNetwork": () => ({ name: "public" }),
  "openstack:networking/getPortIds:getPortIds": () => ({ ids: ["port-1"] }),
  "openstack:networking/getPort:getPort": () => ({
    id: "port-1",
    name: "node-1",
    allFixedIps: ["10.0.0.11"],
  }),
};
const account = {
  subnetId: "subnet-1",
  securityGroupId: "group-1",
  floatingNetworkId: "network-1",
  loadbalancerProvider: "lab",
};
const place = {
  clusterName: "dev",
  machineGroups: [],
  account,
  tag: { key: "lab/hidden", value: "scenarios", word: "hidden" },
};
const pods = { namespace: "shop", selector: { app: "web" } };

describe("the scenarios' exposures on OpenStack", () => {
  const declareLocal = () =>
    declare(
      async () => {
        const connection = await openstackTestbed.connect(place);
        const { shared } = connection.nodePort("np-local", "local", variants.local, pods);
        connection.loadBalancer("lb-local", variants.local, pods, shared);
      },
      { preview: false, calls, ingress: [{ ip: "203.0.113.9" }] },
    );

  it("are tagged, or named where they get no tags", async () => {
    const { resources } = await declareLocal();
    const { tags, loadbalancerProvider } = inputsOf(resources, "LoadBalancer", "np-local");
    assert.deepEqual([tags, loadbalancerProvider], [["lab/hidden"], "lab"]);
    assert.ok(resources.some(({ name, type }) => type.endsWith(":Service") && name === "lb-local-hidden"));
  });

  it("have the variant's options in both ways", async () => {
    const { resources } = await declareLocal();
    const policyOf = (name: string): unknown =>
      (inputsOf(resources, "Service", name).spec as { externalTrafficPolicy: string }).externalTrafficPolicy;
    assert.deepEqual([policyOf("np-local"), policyOf("lb-local-hidden")], ["Local", "Local"]);
    assert.equal(inputsOf(resources, "Listener", "np-local-http").protocolPort, 80);
  });

  it("need the account's ids", async () => {
    const { subnetId: _, ...incomplete } = account;
    await assert.rejects(
      declare(() => openstackTestbed.connect({ ...place, account: incomplete }), { preview: false, calls }),
      /subnetId/,
    );
  });
});

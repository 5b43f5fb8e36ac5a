import assert from "node:assert/strict";
import { candidate } from "../../../../../lab/clouds/openstack/entries.ts";
import type { LoadBalancer } from "../../../../../lab/clouds/openstack/entries.ts";
import { hiddenTag, hiddenWord } from "../../../../../lab/forward/choose.ts";

const loadBalancer: LoadBalancer = {
  id: "lb-1",
  name: "web",
  vip_address: "10.0.0.50",
  vip_port_id: "vip-1",
  created_at: "2026-11-30T12:00:00",
  tags: [],
};
const candidateOf = (changes: Partial<LoadBalancer>) => candidate({ ...loadBalancer, ...changes }, [], []);

describe("a load balancer of Octavia behind the host's ports", () => {
  it("is hidden by a tag, or by its Service's name where the controller makes it", () => {
    assert.equal(candidateOf({}).isHidden, false);
    assert.equal(candidateOf({ tags: [hiddenTag] }).isHidden, true);
    const { isHidden, madeByController } = candidateOf({
      name: `kube_service_dev_shop_lb-plain-${hiddenWord}-1a2b3c4d`,
    });
    assert.deepEqual([isHidden, madeByController], [true, true]);
  });

  it("listens at its floating IP, at its TCP ports", () => {
    const listener = (protocol: string, protocol_port: number, id = "lb-1") => ({
      protocol,
      protocol_port,
      loadbalancers: [{ id }],
    });
    const { host, ports } = candidate(
      loadBalancer,
      [listener("TCP", 80), listener("UDP", 53), listener("HTTP", 81), listener("TCP", 82, "other")],
      [{ floating_ip_address: "198.18.0.9", port_id: "vip-1" }],
    );
    assert.deepEqual([host, ports], ["198.18.0.9", [80, 81]]);
  });
});

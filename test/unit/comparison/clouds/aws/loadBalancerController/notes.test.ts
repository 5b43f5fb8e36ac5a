import assert from "node:assert/strict";
import { notes } from "../../../../../../comparison/clouds/aws/loadBalancerController/notes.ts";
import type { ServiceFacts } from "../../../../../../comparison/model/service.ts";
import { dns, http } from "../cloudControllerManager/cluster.ts";
import { cluster, service } from "./service.ts";

const noted = (of: ServiceFacts): string => notes(of, cluster).join("\n");
const tcp = { ...http, name: "tcp", port: 53, nodePort: 30054 };

describe("what is noted of what the AWS Load Balancer Controller makes", () => {
  it("is a port that gets no listener", () => {
    assert.match(noted(service({ ports: [dns, tcp] })), /^TCP 53 gets no listener, and nothing says so/);
  });

  it("is a merged port whose protocols have different node ports", () => {
    const merged = { "enable-tcp-udp-listener": "true" };
    assert.match(
      noted(service({ ports: [dns, tcp] }, merged)),
      /TCP 53 goes to node port 30053, which is that of UDP/,
    );
    assert.doesNotMatch(
      noted(service({ ports: [dns, { ...tcp, nodePort: 30053 }] }, merged)),
      /goes to node port/,
    );
  });

  it("are the groups by name, with their descriptions", () => {
    // printf %s devloadbalancer-ac3fdf8dloadbalancer-22f2a3a0126f6206-d989-46c8-968d-32088723ea51 | sha256sum
    assert.match(
      noted(service()),
      /one of its own, k8s-loadbala-loadbala-110b8489a8 \("\[k8s\] Managed SecurityGroup/,
    );
    assert.match(noted(service()), /clients in, and k8s-traffic-dev-[0-9a-f]{10}, the group that all/);
  });

  it("is that groups which the Service names need rules on the nodes, and follow no ranges", () => {
    const given = service({ loadBalancerSourceRanges: ["10.0.0.0/8"] }, { "security-groups": "sg-1" });
    assert.match(noted(given), /does not open the nodes.*sg-1/);
    assert.match(noted(given), /loadBalancerSourceRanges \(10\.0\.0\.0\/8\) has no effect/);
    const managed = { "security-groups": "sg-1", "manage-backend-security-group-rules": "true" };
    assert.doesNotMatch(noted(service({}, managed)), /does not open the nodes/);
  });

  it("is that a range with bits after its prefix fails at the next change", () => {
    const note =
      /next change of the Service will fail: EC2 keeps the source range 203\.0\.113\.7\/24 as 203\.0\.113\.0\/24/;
    const ranges = { loadBalancerSourceRanges: ["203.0.113.7/24"] };
    assert.match(noted(service(ranges)), note);
    assert.doesNotMatch(noted(service(ranges, { "security-groups": "sg-1" })), note);
    assert.doesNotMatch(noted(service({ loadBalancerSourceRanges: ["203.0.113.0/24"] })), note);
  });

  it("is that nobody opens the nodes, if the Service does not want it", () => {
    const closed = { "disable-nlb-sg": "true", "manage-backend-security-group-rules": "false" };
    assert.match(noted(service({}, closed)), /does not open the nodes/);
  });
});

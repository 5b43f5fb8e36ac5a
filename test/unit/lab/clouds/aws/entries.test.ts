import assert from "node:assert/strict";
import { candidate } from "../../../../../lab/clouds/aws/entries.ts";
import { hiddenTag } from "../../../../../lab/forward/choose.ts";

describe("a load balancer of AWS, as a candidate for the host's ports,", () => {
  const CreatedTime = new Date(0);

  it("is made by a controller if it has the tag of one", () => {
    const made = (...keys: string[]) => candidate({ DNSName: "a", CreatedTime }, keys, []).madeByController;
    assert.equal(made("kubernetes.io/service-name"), true);
    assert.equal(made("elbv2.k8s.aws/cluster", "service.k8s.aws/stack"), true);
    assert.equal(made("kubernetes.io/cluster/dev"), false);
  });

  it("is hidden by a tag", () => {
    assert.equal(candidate({ DNSName: "a", CreatedTime }, [hiddenTag], []).isHidden, true);
    assert.equal(candidate({ DNSName: "a", CreatedTime }, [], []).isHidden, false);
  });

  it("is reached by its DNS name, at the ports of its TCP listeners", () => {
    const listeners = [
      { Protocol: "TCP" as const, Port: 80 },
      { Protocol: "UDP" as const, Port: 53 },
      { Protocol: "TCP" as const, Port: 443 },
    ];
    const { host, ports } = candidate({ DNSName: "name", CreatedTime }, [], listeners);
    assert.deepEqual([host, ports], ["name", [80, 443]]);
  });
});

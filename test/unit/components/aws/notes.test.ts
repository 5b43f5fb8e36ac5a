import assert from "node:assert/strict";
import { notes } from "../../../../components/aws/notes.ts";
import type { NetworkLoadBalancerOptions } from "../../../../components/index.ts";
import type { CheckedPort } from "../../../../components/aws/healthCheck.ts";
import type { Maker } from "../../../../components/aws/sourceNotes.ts";

const http: CheckedPort = { name: "http", port: 80 };
const dns: CheckedPort = { name: "dns", port: 53, protocol: "UDP" };

const found = (
  options: Partial<NetworkLoadBalancerOptions>,
  ports: readonly CheckedPort[] = [http],
  maker?: Maker,
) => notes({ loadBalancerSourceRanges: ["0.0.0.0/0"], ...options }, ports, maker);

describe("notes on an exposure", () => {
  it("are none for the defaults", () => assert.deepEqual(found({}), []));

  it("say that nothing is known to listen at a health check's port", () => {
    const [note = "", ...others] = found({ healthCheck: { port: 15021 } });
    assert.match(
      note,
      /^healthCheck\.port: nothing is known to listen on port 15021 of the nodes, .*10256\.$/,
    );
    assert.deepEqual(others, []);
  });

  for (const port of ["traffic-port", 10256, 30000, 32767] as const) {
    it(`are none for a check at ${port}`, () => assert.deepEqual(found({ healthCheck: { port } }), []));
  }

  it("name the TCP ports that a check for UDP does not look at", () => {
    const [note = "", ...others] = found({ healthCheck: { port: 10256 } }, [http, dns]);
    assert.match(
      note,
      /^healthCheck\.port: 10256 is checked for the TCP ports as well \(http\).* set ports\[\]\.healthCheck\.$/,
    );
    assert.deepEqual(others, []);
    assert.deepEqual(found({ healthCheck: { port: 10256 } }, [dns]), []);
  });

  it("are about the check of each port", () => {
    const check = { protocol: "HTTP", port: 10256, path: "/healthz" } as const;
    assert.deepEqual(found({}, [http, { ...dns, healthCheck: check }]), []);
    assert.match(
      found({}, [dns, { ...http, healthCheck: { port: 15021 } }]).join(),
      /^ports\[1\]\.healthCheck\.port: nothing is known to listen on port 15021 of the nodes/,
    );
    assert.deepEqual(found({ healthCheck: { port: 15021 } }, [{ ...http, healthCheck: {} }]), []);
  });

  it("say that source ranges keep nobody out where targets see the load balancer's addresses", () => {
    const ranged = { preserveClientIp: false, loadBalancerSourceRanges: ["203.0.113.0/24"] };
    assert.match(found(ranged).join(), /^preserveClientIp: .* let in, .*: set securityGroups to "own"/);
    assert.match(
      found(ranged, [http], "aws-cloud-controller-manager").join(),
      /let in, whatever loadBalancerSourceRanges says: set controller to "aws-load-balancer-controller"/,
    );
    assert.deepEqual(found(ranged, [http], "aws-load-balancer-controller"), []);
    assert.deepEqual(found({ ...ranged, securityGroups: "own" }), []);
    assert.deepEqual(found({ ...ranged, preserveClientIp: true }), []);
    assert.deepEqual(found({ preserveClientIp: false }), []);
  });

  it("say that the cloud controller manager lets in no request where health checks go to another port", () => {
    const ranged = { preserveClientIp: false, loadBalancerSourceRanges: ["203.0.113.0/24"] };
    const ofController = (options: Partial<NetworkLoadBalancerOptions>) =>
      found({ ...ranged, ...options }, [http], "aws-cloud-controller-manager").join();
    for (const options of [{ externalTrafficPolicy: "Local" }, { healthCheck: { port: 10256 } }] as const)
      assert.match(
        ofController(options),
        /no request is answered unless these have the load balancer's subnets/,
      );
    assert.doesNotMatch(
      ofController({ externalTrafficPolicy: "Local", healthCheck: { port: "traffic-port" } }),
      /no request is answered/,
    );
  });

  it("say that pods time out through an internal load balancer that keeps the client's address", () => {
    assert.match(found({ scheme: "internal" }).join(), /^scheme: a pod .* set preserveClientIp to false\.$/);
    assert.deepEqual(found({ scheme: "internal", preserveClientIp: false }), []);
    assert.deepEqual(found({ preserveClientIp: true }), []);
  });
});

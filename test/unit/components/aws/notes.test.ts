import assert from "node:assert/strict";
import { notes } from "../../../../components/aws/notes.ts";
import type { NetworkLoadBalancerOptions } from "../../../../components/index.ts";
import type { CheckedPort } from "../../../../components/aws/healthCheck.ts";

const http: CheckedPort = { name: "http", port: 80 };
const dns: CheckedPort = { name: "dns", port: 53, protocol: "UDP" };

const found = (options: Partial<NetworkLoadBalancerOptions>, ports: readonly CheckedPort[] = [http]) =>
  notes({ loadBalancerSourceRanges: ["0.0.0.0/0"], ...options }, ports);

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

  it("say that pods time out through an internal load balancer that keeps the client's address", () => {
    assert.match(found({ scheme: "internal" }).join(), /^scheme: a pod .* set preserveClientIp to false\.$/);
    assert.deepEqual(found({ scheme: "internal", preserveClientIp: false }), []);
    assert.deepEqual(found({ preserveClientIp: true }), []);
  });
});

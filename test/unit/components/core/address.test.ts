import assert from "node:assert/strict";
import { output } from "@pulumi/pulumi";
import { addressesIn, exposureUrl } from "../../../../components/core/address.ts";
import type { Addresses } from "../../../../components/core/address.ts";
import type { ServicePort } from "../../../../components/core/exposure.ts";
import { outputsOf } from "../../../../outputs.ts";
import { declare, knowledgeOf } from "./declaring.ts";
import type { Surroundings } from "./declaring.ts";
import { LoadBalancerExposure } from "../../../../components/index.ts";

const http: ServicePort = { name: "http", port: 80, appProtocol: "http" };

describe("the addresses in a Service's status", () => {
  const cases: readonly [string, Parameters<typeof addressesIn>[0], Addresses | undefined][] = [
    ["a host name", { ingress: [{ hostname: "lb.example.com" }] }, ["lb.example.com"]],
    ["an IP address", { ingress: [{ ip: "203.0.113.9" }] }, ["203.0.113.9"]],
    [
      "an IPv4 and an IPv6 address",
      { ingress: [{ ip: "203.0.113.9" }, { ip: "2001:db8::9" }] },
      ["203.0.113.9", "2001:db8::9"],
    ],
    [
      "the host name of an entry that has both",
      { ingress: [{ hostname: "lb.example.com", ip: "203.0.113.9" }] },
      ["lb.example.com"],
    ],
    ["none while the list is empty", { ingress: [] }, undefined],
    ["none while an entry has neither", { ingress: [{}] }, undefined],
    ["none while there is no list", {}, undefined],
    ["none while there is no status", undefined, undefined],
  ];
  for (const [what, status, expected] of cases) {
    it(`are ${what}`, () => assert.deepEqual(addressesIn(status), expected));
  }
});

describe("the URL of an exposure", () => {
  const cases: readonly [string, Addresses, ServicePort, string][] = [
    ["has the host name", ["lb.example.com"], http, "http://lb.example.com"],
    ["has the first of several addresses", ["203.0.113.9", "203.0.113.10"], http, "http://203.0.113.9"],
    ["has an IPv6 address in brackets", ["2001:db8::9"], http, "http://[2001:db8::9]"],
    ["has a port after the brackets", ["2001:db8::9"], { ...http, port: 81 }, "http://[2001:db8::9]:81"],
    [
      "has the standard port of https only implicitly",
      ["lb.example.com"],
      { ...http, port: 443, appProtocol: "https" },
      "https://lb.example.com",
    ],
    [
      "has the protocol as scheme without an appProtocol",
      ["203.0.113.9"],
      { name: "dns", port: 53, protocol: "UDP" },
      "udp://203.0.113.9:53",
    ],
  ];
  for (const [what, addresses, port, expected] of cases) {
    it(what, async () => {
      const url = exposureUrl(output(addresses) as Parameters<typeof exposureUrl>[0], [port]);
      assert.deepEqual(await knowledgeOf(url), { known: true, value: expected });
    });
  }
});

describe("a LoadBalancer Service whose load balancer has IP addresses", () => {
  const surroundings: Surroundings = {
    preview: false,
    ingress: [{ ip: "2001:db8::9" }, { ip: "203.0.113.9" }],
  };
  const args = {
    namespace: "shop",
    selector: { app: "web" },
    ports: [http],
    loadBalancerSourceRanges: ["0.0.0.0/0"],
  };

  it("gives the stack its first address as host, and all of them", async () => {
    const { result } = await declare(() => outputsOf(new LoadBalancerExposure("web", args)), surroundings);
    assert.deepEqual(await knowledgeOf(result.url), { known: true, value: "http://[2001:db8::9]" });
    assert.deepEqual(await knowledgeOf(result.hostname), { known: true, value: "2001:db8::9" });
    assert.deepEqual(await knowledgeOf(result.addresses), {
      known: true,
      value: ["2001:db8::9", "203.0.113.9"],
    });
  });

  it("is an error without an address after an update, and unknown in a preview", async () => {
    for (const preview of [true, false]) {
      const declaring = declare(
        async () => {
          const exposure = new LoadBalancerExposure("web", args);
          return { addresses: await knowledgeOf(exposure.addresses) };
        },
        { preview, ingress: [] },
      );
      if (preview) assert.deepEqual((await declaring).result.addresses, { known: false });
      else
        await assert.rejects(
          declaring,
          /The Service .*\/.* has no load balancer\. .* kubectl get events --namespace .*,type=Warning/,
        );
    }
  });
});

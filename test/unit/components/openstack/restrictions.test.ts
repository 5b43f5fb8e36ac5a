import assert from "node:assert/strict";
import { loadBalancerProblems, nodePortProblems } from "../../../../components/openstack/index.ts";
import type { OctaviaOptions } from "../../../../components/openstack/index.ts";
import type { ServicePort } from "../../../../components/core/index.ts";

const options: OctaviaOptions = { loadBalancerSourceRanges: ["0.0.0.0/0"] };
const tcp: readonly ServicePort[] = [{ name: "http", port: 80 }];
const udp: readonly ServicePort[] = [{ name: "dns", port: 53, protocol: "UDP" }];

describe("the options on OpenStack", () => {
  const ways = { nodePort: nodePortProblems, loadBalancer: loadBalancerProblems };
  const trials: readonly [string, Partial<OctaviaOptions>, readonly ServicePort[], RegExp | undefined][] = [
    ["the defaults", {}, tcp, undefined],
    ["both protocols", {}, [...tcp, ...udp], undefined],
    ["no range", { loadBalancerSourceRanges: [] }, tcp, /loadBalancerSourceRanges: the list is empty/],
    ["a delay of 0", { healthMonitor: { delaySeconds: 0 } }, tcp, /healthMonitor\.delaySeconds: 0 is not/],
    ["11 retries", { healthMonitor: { maxRetries: 11 } }, tcp, /healthMonitor\.maxRetries: .* from 1 to 10/],
    [
      "no retry",
      { healthMonitor: { maxRetriesDown: 0 } },
      tcp,
      /healthMonitor\.maxRetriesDown: .* from 1 to 10/,
    ],
    [
      "a time-out as long as the delay",
      { healthMonitor: { delaySeconds: 3 } },
      tcp,
      /healthMonitor\.timeoutSeconds: 3 is not less than delaySeconds, 3; allowed is less than 3/,
    ],
    [
      "a fast check of a UDP port",
      { healthMonitor: { delaySeconds: 2, timeoutSeconds: 1 } },
      udp,
      /healthMonitor\.delaySeconds: 2 is not allowed with the UDP port "dns": .*; allowed is 3 or more/,
    ],
    ["a fast check of a TCP port", { healthMonitor: { delaySeconds: 2, timeoutSeconds: 1 } }, tcp, undefined],
    [
      "a fast check of a UDP port that kube-proxy answers",
      {
        healthMonitor: { delaySeconds: 2, timeoutSeconds: 1 },
        externalTrafficPolicy: "Local",
        healthCheckNodePort: 30080,
      },
      udp,
      undefined,
    ],
    [
      "a port for health checks without a monitor",
      { healthMonitor: false, externalTrafficPolicy: "Local", healthCheckNodePort: 30080 },
      tcp,
      /healthCheckNodePort: 30080 would have no effect: .*; omit one of the two/,
    ],
    [
      "a port for health checks under Cluster",
      { healthCheckNodePort: 30080 },
      tcp,
      /healthCheckNodePort: 30080 is not allowed with externalTrafficPolicy "Cluster"/,
    ],
    [
      "another method",
      { lbMethod: "SOURCE_IP_PORT" as "SOURCE_IP" },
      tcp,
      /lbMethod: "SOURCE_IP_PORT" is not allowed; allowed are "ROUND_ROBIN", "LEAST_CONNECTIONS", "SOURCE_IP"/,
    ],
    [
      "a header over UDP",
      { clientAddress: "PROXY" },
      udp,
      /clientAddress: "PROXY" is not allowed with the UDP port "dns": Octavia has it for TCP only/,
    ],
    [
      "another header",
      { clientAddress: "v1" as "PROXY" },
      tcp,
      /clientAddress: "v1" is not allowed; allowed/,
    ],
    ["a limit of 0", { connectionLimit: 0 }, tcp, /connectionLimit: 0 is not allowed/],
    ["no limit", { connectionLimit: -1 }, tcp, undefined],
    [
      "a negative time-out",
      { timeouts: { tcpInspectMilliseconds: -1 } },
      tcp,
      /timeouts\.tcpInspectMilliseconds: -1 is not allowed/,
    ],
    ["an empty flavor", { flavorId: "" }, tcp, /flavorId: the text is empty/],
    ["affinity", { sessionAffinity: "ClientIP" }, tcp, undefined],
  ];
  for (const [name, changes, ports, expected] of trials)
    it(`${expected === undefined ? "accept" : "refuse"} in both ways: ${name}`, () => {
      for (const problemsOf of Object.values(ways)) {
        const found = problemsOf({ ...options, ...changes }, ports);
        const text = found.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`).join("\n");
        if (expected === undefined) assert.equal(text, "");
        else {
          assert.match(text, expected);
          assert.equal(found.length, 1, text);
        }
      }
    });

  it("refuse the provider ovn, and repeated tags", () => {
    const found = nodePortProblems({ ...options, loadbalancerProvider: "ovn", tags: ["a", "a"] }, tcp);
    assert.deepEqual(
      found.map(({ propertyPath }) => propertyPath),
      ["tags[1]", "loadbalancerProvider"],
    );
  });
});

import assert from "node:assert/strict";
import { loadBalancerProblems, nodePortProblems } from "../../../../components/index.ts";
import type { ExposureOptions, ListenerPort } from "../../../../components/index.ts";

const http: ListenerPort = { name: "http", port: 80 };
const sourceRanges = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `203.0.113.${index}/32`);
const everybody: ExposureOptions = { loadBalancerSourceRanges: ["0.0.0.0/0"] };

type Case = readonly [
  what: string,
  options: Partial<ExposureOptions>,
  ports: readonly ListenerPort[],
  problem: RegExp,
];

/** Wrong in either way. */
const wrong: readonly Case[] = [
  ["no port", {}, [], /^ports: the list is empty; at least one port is needed$/],
  [
    "port 0",
    {},
    [{ ...http, port: 0 }],
    /^ports\[0\]\.port: 0 is not allowed; allowed are whole numbers from 1 to 65535$/,
  ],
  ["port 70000", {}, [{ ...http, port: 70000 }], /^ports\[0\]\.port: 70000 is not allowed/],
  ["half a port", {}, [{ ...http, port: 80.5 }], /^ports\[0\]\.port: 80\.5 is not allowed/],
  [
    "a port twice, in whatever protocol",
    { healthCheck: { port: 10256 } },
    [http, { ...http, name: "other" }],
    /^ports\[1\]\.port: 80 is already the value of ports\[0\]\.port; each must be unique$/,
  ],
  [
    "a name twice",
    {},
    [http, { ...http, port: 81 }],
    /^ports\[1\]\.name: http is already the value of ports\[0\]\.name/,
  ],
  [
    "a node port twice",
    {},
    [
      { ...http, nodePort: 30000 },
      { name: "other", port: 81, nodePort: 30000 },
    ],
    /^ports\[1\]\.nodePort: 30000 is already the value of ports\[0\]\.nodePort/,
  ],
  [
    "a node port too low",
    {},
    [{ ...http, nodePort: 29999 }],
    /^ports\[0\]\.nodePort: 29999 is not allowed; allowed are whole numbers from 30000 to 32767$/,
  ],
  ["a node port too high", {}, [{ ...http, nodePort: 32768 }], /^ports\[0\]\.nodePort: 32768 is not allowed/],
  [
    "a name that is no label",
    {},
    [{ ...http, name: "My Port" }],
    /^ports\[0\]\.name: "My Port" is not allowed; allowed are 1 to 15/,
  ],
  [
    "a name too long",
    {},
    [{ ...http, name: "abcdefghijklmnop" }],
    /^ports\[0\]\.name: "abcdefghijklmnop" is not allowed/,
  ],
  [
    "more listeners than a load balancer has",
    {},
    Array.from({ length: 51 }, (_, index) => ({ name: `p${index}`, port: index + 1 })),
    /^ports: 51 ports are too many; a Network Load Balancer has at most 50 listeners \(https:.*load-balancer-limits\.html\)/,
  ],
  [
    "nobody who may connect",
    { loadBalancerSourceRanges: [] },
    [http],
    /^loadBalancerSourceRanges: the list is empty/,
  ],
  [
    "a range that is none",
    { loadBalancerSourceRanges: ["10.0.0.0/8", "x"] },
    [http],
    /^loadBalancerSourceRanges\[1\]: "x" is no IP range/,
  ],
  [
    "a range twice",
    { loadBalancerSourceRanges: ["10.0.0.0/8", "10.0.0.0/8"] },
    [http],
    /^loadBalancerSourceRanges\[1\]: 10\.0\.0\.0\/8 is already the value of loadBalancerSourceRanges\[0\]/,
  ],
  ["an empty list of subnets", { subnetIds: [] }, [http], /^subnetIds: the list is empty/],
  [
    "an interval too short",
    { healthCheck: { protocol: "HTTP", intervalSeconds: 4 } },
    [http],
    /^healthCheck\.intervalSeconds: 4 is not allowed; allowed are whole numbers from 5 to 300$/,
  ],
  [
    "a threshold too low",
    { healthCheck: { healthyThresholdCount: 1 } },
    [http],
    /^healthCheck\.healthyThresholdCount: 1 is not allowed; .* 2 to 10$/,
  ],
  [
    "a threshold too high",
    { healthCheck: { unhealthyThresholdCount: 11 } },
    [http],
    /^healthCheck\.unhealthyThresholdCount: 11 is not allowed/,
  ],
  [
    "a path without a slash",
    { healthCheck: { protocol: "HTTP", path: "live" } },
    [http],
    /^healthCheck\.path: "live" does not begin with a slash; write "\/live"$/,
  ],
  [
    "a health-check port that is none",
    { healthCheck: { port: 0 } },
    [http],
    /^healthCheck\.port: 0 is not allowed/,
  ],
  [
    "a quota of nothing",
    { quotas: { targetsPerZone: 0 } },
    [http],
    /^quotas\.targetsPerZone: 0 is not allowed; allowed are whole numbers from 1 on$/,
  ],
  [
    "hidden client addresses for UDP",
    { preserveClientIp: false, healthCheck: { port: 10256 } },
    [{ name: "dns", port: 53, protocol: "UDP" }],
    /^preserveClientIp: false is not allowed with the UDP port "dns"/,
  ],
  [
    "a check on a UDP port",
    {},
    [{ name: "dns", port: 53, protocol: "UDP" }],
    /^healthCheck\.port: "traffic-port" never gets an answer on the UDP port "dns"/,
  ],
];

/** Wrong in front of a NodePort Service only. */
const wrongForNodePort: readonly Case[] = [
  [
    "a time-out above the interval",
    { healthCheck: { intervalSeconds: 10, timeoutSeconds: 11 } },
    [http],
    /^healthCheck\.timeoutSeconds: 11 is more than the interval of 10 s/,
  ],
  [
    "a delay too long",
    { deregistrationDelaySeconds: 3601 },
    [http],
    /^deregistrationDelaySeconds: 3601 is not allowed/,
  ],
  [
    "a check on a UDP port under policy Local, because there is no healthCheckNodePort",
    { externalTrafficPolicy: "Local" },
    [{ name: "dns", port: 53, protocol: "UDP" }],
    /^healthCheck\.port: "traffic-port" never gets an answer/,
  ],
];

/** What the cloud controller cannot do. */
const wrongForLoadBalancer: readonly Case[] = [
  [
    "TCP and UDP together",
    { healthCheck: { port: 10256 } },
    [http, { name: "dns", port: 53, protocol: "UDP" }],
    /^ports: TCP and UDP in one Service of type LoadBalancer is refused/,
  ],
  [
    "a time-out",
    { healthCheck: { timeoutSeconds: 10 } },
    [http],
    /^healthCheck\.timeoutSeconds: 10 cannot be expressed/,
  ],
  [
    "an interval below the time-out that AWS assumes",
    { healthCheck: { intervalSeconds: 5 } },
    [http],
    /^healthCheck\.intervalSeconds: 5 is less than the time-out of 10 s that AWS gives a TCP check/,
  ],
  [
    "more rules than the nodes' security group may have: one a port and range, and one a range",
    { loadBalancerSourceRanges: sourceRanges(31) },
    [http],
    /^loadBalancerSourceRanges: .* need 62 inbound rules .*; allowed are 60 .*amazon-vpc-limits\.html.*quotas\.rulesPerSecurityGroup$/,
  ],
  [
    "a deregistration delay",
    { deregistrationDelaySeconds: 60 },
    [http],
    /^deregistrationDelaySeconds: 60 cannot be expressed/,
  ],
];

const ways = { NodePortExposure: nodePortProblems, LoadBalancerExposure: loadBalancerProblems };

function problemsOf(
  way: keyof typeof ways,
  options: Partial<ExposureOptions>,
  ports: readonly ListenerPort[],
): string[] {
  return ways[way]({ ...everybody, ...options }, ports).map(
    ({ propertyPath, reason }) => `${propertyPath}: ${reason}`,
  );
}

describe("options of an exposure", () => {
  const refusals: readonly [keyof typeof ways, readonly Case[]][] = [
    ["NodePortExposure", [...wrong, ...wrongForNodePort]],
    ["LoadBalancerExposure", [...wrong, ...wrongForLoadBalancer]],
  ];
  for (const [way, cases] of refusals) {
    for (const [what, options, ports, problem] of cases) {
      it(`${way} refuses ${what}, and nothing else`, () => {
        const problems = problemsOf(way, options, ports);
        assert.equal(problems.length, 1, problems.join("\n"));
        assert.match(problems[0]!, problem);
      });
    }
  }

  it("both ways accept what AWS and Kubernetes accept", () => {
    const options: Partial<ExposureOptions> = {
      scheme: "internal",
      subnetIds: ["subnet-1"],
      crossZoneLoadBalancing: true,
      preserveClientIp: false,
      externalTrafficPolicy: "Local",
      healthCheck: {
        protocol: "HTTP",
        path: "/",
        intervalSeconds: 6,
        healthyThresholdCount: 10,
        unhealthyThresholdCount: 2,
      },
    };
    const ports: ListenerPort[] = [
      { name: "a", port: 1, nodePort: 30000 },
      { name: "b", port: 65535, nodePort: 32767 },
    ];
    assert.deepEqual(problemsOf("NodePortExposure", options, ports), []);
    assert.deepEqual(problemsOf("LoadBalancerExposure", options, ports), []);
  });

  it("LoadBalancerExposure takes as many rules as the security group may have", () => {
    const ranges = { loadBalancerSourceRanges: sourceRanges(30) };
    assert.deepEqual(problemsOf("LoadBalancerExposure", ranges, [http]), []);
    const more = { loadBalancerSourceRanges: sourceRanges(31), quotas: { rulesPerSecurityGroup: 62 } };
    assert.deepEqual(problemsOf("LoadBalancerExposure", more, [http]), []);
  });

  it("LoadBalancerExposure checks UDP under policy Local, because there is a healthCheckNodePort", () => {
    assert.deepEqual(
      problemsOf("LoadBalancerExposure", { externalTrafficPolicy: "Local" }, [
        { name: "dns", port: 53, protocol: "UDP" },
      ]),
      [],
    );
  });
});

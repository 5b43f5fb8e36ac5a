import assert from "node:assert/strict";
import { loadBalancerProblems, nodePortProblems } from "../../../../components/index.ts";
import type { NetworkLoadBalancerOptions } from "../../../../components/index.ts";
import type { CheckedPort } from "../../../../components/aws/healthCheck.ts";

const http: CheckedPort = { name: "http", port: 80 };
const sourceRanges = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `203.0.113.${index}/32`);
const tags = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`key-${index}`, ""]));
const everybody: NetworkLoadBalancerOptions = { loadBalancerSourceRanges: ["0.0.0.0/0"] };

type Case = readonly [
  what: string,
  options: Partial<NetworkLoadBalancerOptions>,
  ports: readonly CheckedPort[],
  problem: RegExp,
];

/** Refused in both ways. */
const wrong: readonly Case[] = [
  ["no port", {}, [], /^ports: the list is empty; name at least one port$/],
  [
    "port 0",
    {},
    [{ ...http, port: 0 }],
    /^ports\[0\]\.port: 0 is not allowed; allowed are whole numbers from 1 to 65535$/,
  ],
  ["port 70000", {}, [{ ...http, port: 70000 }], /^ports\[0\]\.port: 70000 is not allowed/],
  ["a fraction of a port", {}, [{ ...http, port: 80.5 }], /^ports\[0\]\.port: 80\.5 is not allowed/],
  [
    "a duplicate port",
    { healthCheck: { port: 10256 } },
    [http, { ...http, name: "other" }],
    /^ports\[1\]\.port: 80 is already the value of ports\[0\]\.port; each must be unique$/,
  ],
  [
    "a duplicate name",
    {},
    [http, { ...http, port: 81 }],
    /^ports\[1\]\.name: http is already the value of ports\[0\]\.name/,
  ],
  [
    "a duplicate node port",
    {},
    [
      { ...http, nodePort: 30000 },
      { name: "other", port: 81, nodePort: 30000 },
    ],
    /^ports\[1\]\.nodePort: 30000 is already the value of ports\[0\]\.nodePort/,
  ],
  [
    "a node port below the range",
    {},
    [{ ...http, nodePort: 29999 }],
    /^ports\[0\]\.nodePort: 29999 is not allowed; allowed are whole numbers from 30000 to 32767$/,
  ],
  [
    "a node port above the range",
    {},
    [{ ...http, nodePort: 32768 }],
    /^ports\[0\]\.nodePort: 32768 is not allowed/,
  ],
  [
    "a name that is not a DNS label",
    {},
    [{ ...http, name: "My Port" }],
    /^ports\[0\]\.name: "My Port" is not allowed; allowed are 1 to 15/,
  ],
  [
    "a name that is too long",
    {},
    [{ ...http, name: "abcdefghijklmnop" }],
    /^ports\[0\]\.name: "abcdefghijklmnop" is not allowed/,
  ],
  [
    "more listeners than a load balancer may have",
    {},
    Array.from({ length: 51 }, (_, index) => ({ name: `p${index}`, port: index + 1 })),
    /^ports: 51 ports are too many; a Network Load Balancer has at most 50 listeners \(https:.*load-balancer-limits\.html\)/,
  ],
  [
    "an empty list of source ranges",
    { loadBalancerSourceRanges: [] },
    [http],
    /^loadBalancerSourceRanges: the list is empty/,
  ],
  [
    "a source range that is not a range",
    { loadBalancerSourceRanges: ["10.0.0.0/8", "x"] },
    [http],
    /^loadBalancerSourceRanges\[1\]: "x" is not an IP range/,
  ],
  [
    "a duplicate range",
    { loadBalancerSourceRanges: ["10.0.0.0/8", "10.0.0.0/8"] },
    [http],
    /^loadBalancerSourceRanges\[1\]: 10\.0\.0\.0\/8 is already the value of loadBalancerSourceRanges\[0\]/,
  ],
  ["an empty list of subnets", { subnetIds: [] }, [http], /^subnetIds: the list is empty/],
  [
    "an interval that is too short",
    { healthCheck: { protocol: "HTTP", intervalSeconds: 4 } },
    [http],
    /^healthCheck\.intervalSeconds: 4 is not allowed; allowed are whole numbers from 5 to 300$/,
  ],
  [
    "a threshold that is too low",
    { healthCheck: { healthyThresholdCount: 1 } },
    [http],
    /^healthCheck\.healthyThresholdCount: 1 is not allowed; .* 2 to 10$/,
  ],
  [
    "a threshold that is too high",
    { healthCheck: { unhealthyThresholdCount: 11 } },
    [http],
    /^healthCheck\.unhealthyThresholdCount: 11 is not allowed/,
  ],
  [
    "a path without a slash",
    { healthCheck: { protocol: "HTTP", path: "live" } },
    [http],
    /^healthCheck\.path: "live" does not start with a slash; write "\/live"$/,
  ],
  [
    "a health check port that is not a port",
    { healthCheck: { port: 0 } },
    [http],
    /^healthCheck\.port: 0 is not allowed/,
  ],
  [
    "a quota of zero",
    { quotas: { targetsPerZone: 0 } },
    [http],
    /^quotas\.targetsPerZone: 0 is not allowed; allowed are whole numbers from 1$/,
  ],
  [
    "preserveClientIp: false with UDP",
    { preserveClientIp: false, healthCheck: { port: 10256 } },
    [{ name: "dns", port: 53, protocol: "UDP" }],
    /^preserveClientIp: false is not allowed with the UDP port "dns"/,
  ],
  [
    "a health check on a UDP port",
    {},
    [{ name: "dns", port: 53, protocol: "UDP" }],
    /^healthCheck\.port: "traffic-port" never gets an answer on the UDP port "dns"/,
  ],
  [
    "a port's own check with a value that is not allowed",
    {},
    [{ ...http, healthCheck: { healthyThresholdCount: 1 } }],
    /^ports\[0\]\.healthCheck\.healthyThresholdCount: 1 is not allowed/,
  ],
  [
    "a port's own check at its UDP port",
    { healthCheck: { port: 10256 } },
    [{ name: "dns", port: 53, protocol: "UDP", healthCheck: {} }],
    /^ports\[0\]\.healthCheck\.port: "traffic-port" never gets an answer on the UDP port "dns"/,
  ],
  [
    "a tag that AWS reserves",
    { tags: { "aws:team": "shop" } },
    [http],
    /^tags: "aws:team": "shop" is not allowed; allowed are keys of 1 to 128 characters/,
  ],
  ["a tag with a comma", { tags: { team: "a,b" } }, [http], /^tags: "team": "a,b" is not allowed/],
  ["a tag without a key", { tags: { "": "shop" } }, [http], /^tags: "": "shop" is not allowed/],
  [
    "a tag with a value that is too long",
    { tags: { team: "x".repeat(257) } },
    [http],
    /^tags: "team": "x+" is not allowed/,
  ],
  [
    "more tags than AWS allows",
    { tags: tags(51) },
    [http],
    /^tags: 51 tags are too many; AWS allows 50 per object; remove 1$/,
  ],
  [
    "Elastic IP addresses of an internal load balancer",
    { scheme: "internal", subnetIds: ["subnet-1"], eipAllocationIds: ["eipalloc-1"] },
    [http],
    /^eipAllocationIds: not allowed for an internal load balancer; allowed is scheme: internet-facing/,
  ],
  [
    "more Elastic IP addresses than subnets",
    { subnetIds: ["subnet-1"], eipAllocationIds: ["eipalloc-1", "eipalloc-2"] },
    [http],
    /^eipAllocationIds: 2 addresses for 1 subnetIds; each subnet needs one/,
  ],
  [
    "Elastic IP addresses without subnets",
    { eipAllocationIds: ["eipalloc-1"] },
    [http],
    /^eipAllocationIds: 1 addresses for 0 subnetIds; .* name the subnets and as many addresses, in the same order$/,
  ],
  [
    "an Elastic IP address for two subnets",
    { subnetIds: ["subnet-1", "subnet-2"], eipAllocationIds: ["eipalloc-1", "eipalloc-1"] },
    [http],
    /^eipAllocationIds\[1\]: eipalloc-1 is already the value of eipAllocationIds\[0\]; each must be unique$/,
  ],
  [
    "a bucket that is no bucket's name",
    { accessLogs: { bucket: "Logs" } },
    [http],
    /^accessLogs\.bucket: "Logs" is not a bucket's name/,
  ],
  [
    "a prefix with a slash at its end",
    { accessLogs: { bucket: "logs", prefix: "edge/" } },
    [http],
    /^accessLogs\.prefix: "edge\/" is not allowed/,
  ],
];

const alt = { name: "alt", port: 81 };

/** Refused only in front of a NodePort Service. */
const wrongForNodePort: readonly Case[] = [
  [
    "other node ports of TCP and UDP on one number",
    {},
    [
      { ...http, nodePort: 30000 },
      { name: "quic", port: 80, protocol: "UDP", nodePort: 30001 },
    ],
    /^ports\[1\]\.nodePort: 30001 is not allowed: "http" has the node port 30000, and TCP and UDP on one number \(80\) need the same; set 30000, or omit it$/,
  ],
  [
    "other checks of TCP and UDP on one number",
    {},
    [
      { ...http, healthCheck: { port: 10256 } },
      { name: "quic", port: 80, protocol: "UDP", healthCheck: { port: 10257 } },
    ],
    /^ports\[1\]\.healthCheck: \{"port":10257\} is not allowed: "http" has the same number \(80\) and \{"port":10256\}, and both have one target group; set it for one of them$/,
  ],
  [
    "a node port of another number",
    {},
    [
      { ...http, nodePort: 30000 },
      { name: "quic", port: 80, protocol: "UDP", nodePort: 30000 },
      { name: "other", port: 81, nodePort: 30000 },
    ],
    /^ports\[2\]\.nodePort: 30000 is already the value of ports\[0\]\.nodePort/,
  ],
  [
    "a timeout above the interval",
    { healthCheck: { intervalSeconds: 10, timeoutSeconds: 11 } },
    [http],
    /^healthCheck\.timeoutSeconds: 11 is more than the interval of 10 s/,
  ],
  [
    "a deregistration delay that is too long",
    { deregistrationDelaySeconds: 3601 },
    [http],
    /^deregistrationDelaySeconds: 3601 is not allowed/,
  ],
  [
    "a health check on a UDP port under policy Local, which has no healthCheckNodePort",
    { externalTrafficPolicy: "Local" },
    [{ name: "dns", port: 53, protocol: "UDP" }],
    /^healthCheck\.port: "traffic-port" never gets an answer/,
  ],
  [
    "a matcher that is not a list of status codes",
    { healthCheck: { protocol: "HTTP", matcher: "ok" } },
    [http],
    /^healthCheck\.matcher: "ok" is not allowed; allowed are status codes from 200 to 599/,
  ],
  [
    "an idle time-out that is too short",
    { tcpIdleTimeoutSeconds: 59 },
    [http],
    /^tcpIdleTimeoutSeconds: 59 is not allowed; allowed are whole numbers from 60 to 6000$/,
  ],
  [
    "an idle time-out without a TCP port",
    { tcpIdleTimeoutSeconds: 60, healthCheck: { port: 10256 } },
    [{ name: "dns", port: 53, protocol: "UDP" }],
    /^tcpIdleTimeoutSeconds: 60 cannot be set: no listener is for TCP alone; omit it$/,
  ],
  [
    "a draining interval of unhealthy targets whose connections end at once",
    { unhealthyDrainingIntervalSeconds: 60 },
    [http],
    /^unhealthyDrainingIntervalSeconds: 60 is allowed only with unhealthyConnectionTermination: false/,
  ],
  [
    "a draining interval that is too long",
    { unhealthyConnectionTermination: false, unhealthyDrainingIntervalSeconds: 360_001 },
    [http],
    /^unhealthyDrainingIntervalSeconds: 360001 is not allowed/,
  ],
  [
    "a minimum of no healthy target",
    { targetGroupHealth: { dnsFailover: { minimumHealthyTargetsCount: 0 } } },
    [http],
    /^targetGroupHealth\.dnsFailover\.minimumHealthyTargetsCount: 0 is not allowed/,
  ],
  [
    "a minimum of more than all targets",
    { targetGroupHealth: { unhealthyStateRouting: { minimumHealthyTargetsPercentage: 101 } } },
    [http],
    /^targetGroupHealth\.unhealthyStateRouting\.minimumHealthyTargetsPercentage: 101 is not allowed/,
  ],
  [
    "private addresses of an internet-facing load balancer",
    { subnetIds: ["subnet-1"], privateIpv4Addresses: ["10.0.0.9"] },
    [http],
    /^privateIpv4Addresses: not allowed for an internet-facing load balancer; allowed is scheme: internal/,
  ],
  [
    "a name that AWS reserves",
    { loadBalancerName: "internal-edge" },
    [http],
    /^loadBalancerName: "internal-edge" is not allowed; allowed are 1 to 32 letters/,
  ],
  [
    "a name that is too long",
    { loadBalancerName: "a".repeat(33) },
    [http],
    /^loadBalancerName: "a{33}" is not allowed/,
  ],
];

/** What the AWS cloud controller manager cannot do. */
const wrongForLoadBalancer: readonly Case[] = [
  [
    "TCP and UDP in one Service",
    { healthCheck: { port: 10256 } },
    [http, { name: "dns", port: 53, protocol: "UDP" }],
    /^ports: the AWS cloud controller manager refuses TCP and UDP in one Service of type LoadBalancer/,
  ],
  [
    "a timeout",
    { healthCheck: { timeoutSeconds: 10 } },
    [http],
    /^healthCheck\.timeoutSeconds: 10 cannot be set/,
  ],
  [
    "a check for one port",
    {},
    [http, { ...alt, healthCheck: { protocol: "HTTP" } }],
    /^ports\[1\]\.healthCheck: \{"protocol":"HTTP"\} cannot be set for "alt" alone: the AWS cloud controller manager has one health check for all ports of a Service; set healthCheck for all ports, or use a NodePortExposure$/,
  ],
  [
    "a check of TCP where policy Local has checks of HTTP",
    { externalTrafficPolicy: "Local" },
    [http, { ...alt, healthCheck: { protocol: "TCP" } }],
    /^ports\[1\]\.healthCheck: \{"protocol":"TCP"\} cannot be set/,
  ],
  [
    "a tag with an equals sign",
    { tags: { team: "a=b" } },
    [http],
    /^tags: "team": "a=b" cannot be set: .* neither may have an equals sign; choose another, or use a NodePortExposure$/,
  ],
  [
    "a tag that ends with a blank",
    { tags: { team: "shop " } },
    [http],
    /^tags: "team": "shop " cannot be set: the AWS cloud controller manager drops blanks/,
  ],
  [
    "a tag that the controller sets",
    { tags: { "kubernetes.io/service-name": "shop/web" } },
    [http],
    /^tags: "kubernetes\.io\/service-name": "shop\/web" cannot be set: .* sets this tag itself/,
  ],
  [
    "more tags than AWS allows beside the controller's",
    { tags: tags(49) },
    [http],
    /^tags: 49 tags are too many; AWS allows 50 per object, and the AWS cloud controller manager adds 2; remove 1$/,
  ],
  [
    "an interval below AWS's default timeout",
    { healthCheck: { intervalSeconds: 5 } },
    [http],
    /^healthCheck\.intervalSeconds: 5 is less than AWS's default timeout of 10 s for a TCP check/,
  ],
  [
    "more rules than the nodes' security group may have: one per port and range, and one per range",
    { loadBalancerSourceRanges: sourceRanges(31) },
    [http],
    /^loadBalancerSourceRanges: .* need 62 inbound rules .*; allowed are 60 .*amazon-vpc-limits\.html.*quotas\.rulesPerSecurityGroup to the number$/,
  ],
  [
    "session affinity",
    { sessionAffinity: "ClientIP" },
    [http],
    /^sessionAffinity: ClientIP cannot be set: the AWS cloud controller manager refuses it .*; allowed is None; omit it, or use a NodePortExposure$/,
  ],
  [
    "a deregistration delay",
    { deregistrationDelaySeconds: 60 },
    [http],
    /^deregistrationDelaySeconds: 60 cannot be set/,
  ],
  [
    "a matcher",
    { healthCheck: { protocol: "HTTP", matcher: "200" } },
    [http],
    /^healthCheck\.matcher: 200 cannot be set: the AWS cloud controller manager never sends a matcher/,
  ],
];

const ways = { NodePortExposure: nodePortProblems, LoadBalancerExposure: loadBalancerProblems };

function problemsOf(
  way: keyof typeof ways,
  options: Partial<NetworkLoadBalancerOptions>,
  ports: readonly CheckedPort[],
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

  it("may have TCP and UDP on one number, checked at the node port, which only a hand-made load balancer can have", () => {
    const both: readonly CheckedPort[] = [http, { name: "quic", port: 80, protocol: "UDP", nodePort: 30000 }];
    assert.deepEqual(problemsOf("NodePortExposure", {}, both), []);
    assert.match(problemsOf("LoadBalancerExposure", {}, both).join(), /refuses TCP and UDP in one Service/);
  });

  it("count a number with both protocols as one listener", () => {
    const both = (count: number): CheckedPort[] =>
      Array.from({ length: count }, (_, index) => index + 1).flatMap((port) => [
        { name: `t${port}`, port },
        { name: `u${port}`, port, protocol: "UDP" },
      ]);
    assert.deepEqual(problemsOf("NodePortExposure", {}, both(50)), []);
    assert.match(problemsOf("NodePortExposure", {}, both(51)).join(), /51 ports are too many/);
  });

  it("are accepted in both ways if AWS and Kubernetes accept them", () => {
    const options: Partial<NetworkLoadBalancerOptions> = {
      scheme: "internal",
      subnetIds: ["subnet-1"],
      crossZoneLoadBalancing: true,
      preserveClientIp: false,
      externalTrafficPolicy: "Local",
      sessionAffinity: "None",
      trafficDistribution: "PreferSameZone",
      healthCheck: {
        protocol: "HTTP",
        path: "/",
        intervalSeconds: 6,
        healthyThresholdCount: 10,
        unhealthyThresholdCount: 2,
      },
    };
    const ports: CheckedPort[] = [
      { name: "a", port: 1, nodePort: 30000 },
      { name: "b", port: 65535, nodePort: 32767 },
    ];
    assert.deepEqual(problemsOf("NodePortExposure", options, ports), []);
    assert.deepEqual(problemsOf("LoadBalancerExposure", options, ports), []);
  });

  it("allow LoadBalancerExposure checks that come to the same for each port", () => {
    const same = [
      { ...http, healthCheck: { protocol: "TCP", intervalSeconds: 30 } },
      { ...alt, healthCheck: {} },
    ] as const;
    assert.deepEqual(problemsOf("LoadBalancerExposure", {}, same), []);
    const local: Partial<NetworkLoadBalancerOptions> = { externalTrafficPolicy: "Local" };
    const check = { protocol: "HTTP", path: "/healthz" } as const;
    assert.deepEqual(problemsOf("LoadBalancerExposure", local, [http, { ...alt, healthCheck: check }]), []);
  });

  it("allow NodePortExposure a check for each port, and tags with an equals sign", () => {
    const dns = { name: "dns", port: 53, protocol: "UDP", healthCheck: { port: 10256 } } as const;
    assert.deepEqual(problemsOf("NodePortExposure", { tags: { team: "a=b" } }, [http, dns]), []);
  });

  it("allow NodePortExposure session affinity", () => {
    assert.deepEqual(problemsOf("NodePortExposure", { sessionAffinity: "ClientIP" }, [http]), []);
  });

  it("allow LoadBalancerExposure as many rules as the security group may have", () => {
    const ranges = { loadBalancerSourceRanges: sourceRanges(30) };
    assert.deepEqual(problemsOf("LoadBalancerExposure", ranges, [http]), []);
    const more = { loadBalancerSourceRanges: sourceRanges(31), quotas: { rulesPerSecurityGroup: 62 } };
    assert.deepEqual(problemsOf("LoadBalancerExposure", more, [http]), []);
  });

  it("allow LoadBalancerExposure UDP under policy Local, which has a healthCheckNodePort", () => {
    assert.deepEqual(
      problemsOf("LoadBalancerExposure", { externalTrafficPolicy: "Local" }, [
        { name: "dns", port: 53, protocol: "UDP" },
      ]),
      [],
    );
  });
});

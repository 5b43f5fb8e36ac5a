/** An account to decide about: three zones, a node each, one load balancer with one target group. */
import type {
  AwsFacts,
  ListenerFacts,
  LoadBalancerFacts,
  TargetGroupFacts,
  TlsFacts,
} from "../../../../../../lab/clouds/aws/balancer/facts.ts";

export const zones = ["a", "b", "c"] as const;

export const targetGroup = (changes: Partial<TargetGroupFacts> = {}): TargetGroupFacts => ({
  arn: "group",
  protocol: "TCP",
  port: 30080,
  targetType: "instance",
  healthCheck: {
    protocol: "TCP",
    port: "traffic-port",
    path: "/",
    matcher: "200-399",
    intervalSeconds: 30,
    timeoutSeconds: 10,
    healthyThreshold: 3,
    unhealthyThreshold: 3,
  },
  attributes: {},
  targets: zones.map((zone) => ({ id: `i-${zone}`, port: 30080, zone: null, state: "healthy", reason: "" })),
  ...changes,
});

export const listener = (changes: Partial<ListenerFacts> = {}): ListenerFacts => ({
  arn: "listener",
  protocol: "TCP",
  port: 80,
  targetGroupArn: "group",
  attributes: { "tcp.idle_timeout.seconds": "350" },
  ...changes,
});

export const tls: TlsFacts = {
  certificates: [{ certificate: "certificate", key: "key" }],
  protocols: ["TLSv1.3", "TLSv1.2"],
  ciphers: ["TLS_AES_128_GCM_SHA256", "ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-SHA256"],
  alpnPolicy: "None",
};

export const loadBalancer = (changes: Partial<LoadBalancerFacts> = {}): LoadBalancerFacts => ({
  arn: "balancer",
  name: "one",
  dnsName: "one-1.elb.us-west-2.amazonaws.com",
  scheme: "internet-facing",
  state: "active",
  zones: zones.map((zone) => ({ zone, subnetId: `subnet-${zone}` })),
  securityGroups: [],
  attributes: {},
  listeners: [listener()],
  ...changes,
});

export const account = (changes: Partial<AwsFacts> = {}): AwsFacts => ({
  loadBalancers: [loadBalancer()],
  targetGroups: [targetGroup()],
  instances: zones.map((zone, index) => ({
    id: `i-${zone}`,
    address: `10.0.${(16 * index).toString()}.10`,
    prefixes: [`10.0.${(16 * index + 1).toString()}.0/28`],
    zone,
    securityGroups: ["sg-node"],
  })),
  subnets: zones.map((zone, index) => ({
    id: `subnet-${zone}`,
    cidr: `10.0.${(16 * index).toString()}.0/20`,
    zone,
  })),
  securityGroups: [{ id: "sg-node", ingress: [], egress: [] }],
  records: [],
  ...changes,
});

export const publicCidr = "203.0.113.0/24";

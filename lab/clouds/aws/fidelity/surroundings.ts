/** The surroundings of the flows: time-outs, names, security groups, clocks. */
import type { Behaviour } from "../../../fidelity/behaviour.ts";
import { guide, tests } from "./sources.ts";

export const surroundings: readonly Behaviour[] = [
  {
    name: "Idle time-outs",
    documented:
      "A TCP connection is forgotten after 350 s without packets, or after 60 to 6000 s as its listener says; the next packet gets a reset. Keep-alive packets count. A UDP flow is forgotten after 120 s.",
    source: guide.idleTimeout,
    lab: "The same by connection tracking, divided by `lab:timeScale`, in whole seconds.",
    shownBy: {
      [tests.connections]: [
        "over TCP are dropped after the listener's idle timeout: the next packet gets a reset",
        "over TCP outlive the idle timeout with keep-alive packets, or if the timeout is longer",
        "over UDP become new flows after 120 idle seconds on AWS, and keep their target before",
      ],
      "test/unit/lab/clouds/aws/balancer/model.test.ts": [
        "is a listener's own only if it is not the default",
      ],
    },
    limit: {
      text: "If the target sends first, AWS resets the client; in the lab the client gets the reset with its own next packet. An application's keep-alive is not scaled: at a high `lab:timeScale` it may be too late here, and would not be on AWS.",
      short: "What a client gets if its target sends first on a forgotten connection.",
    },
  },
  {
    name: "DNS",
    documented:
      "The name has the addresses of its zones, with a time to live of 60 s. A zone with fewer healthy targets than `dns_failover` requires in any target group, by default one, is removed; if that removed all zones, all stay. Each zone also has its own name.",
    source: `${guide.targetGroups}#target-group-health`,
    lab: "The same, with counts and percentages, immediately. The time to live is 60 s at any `lab:timeScale`.",
    shownBy: {
      [tests.health]: [
        "decides which zones' addresses the DNS name has: the healthy zones, or all if none is healthy",
      ],
      "test/unit/lab/clouds/aws/balancer/routing.test.ts": [
        "has its own minimum",
        "can be kept regardless of health",
        "counts the zone's targets, or all across zones",
      ],
    },
    limit: {
      text: "How long Route 53 takes to notice, affinity of clients to their zone, and zonal shift.",
      short: "How long Route 53 takes to notice, affinity of clients to their zone, and zonal shift.",
    },
  },
  {
    name: "Weighted records of Route 53",
    documented:
      "Each record of a name is answered in its weight's share of the queries; a record with weight 0 never is, unless all have 0: then all are alike. Changes of one request are made together, and reach Route 53's servers within 60 s.",
    source: guide.weightedRecords,
    lab: "The same for CNAME records, with the time to live of the record at any `lab:timeScale`. A change reaches the lab's resolver within half a second. The account has a hosted zone, `lab.example`.",
    shownBy: {
      "test/unit/lab/clouds/aws/balancer/records.test.ts": [
        "are chosen by their weights",
        "are not chosen with a weight of 0, unless all are 0",
      ],
      "test/live/move.test.ts": ["leads all clients to the other way without losing a request"],
    },
    limit: {
      text: "Alias records, health checks of records, private hosted zones, and resolvers that keep answers for longer than they may.",
      short: "Alias records, health checks of records, and resolvers that keep answers for too long.",
    },
  },
  {
    name: "Security groups of instances",
    documented:
      "Traffic reaches an instance only if a rule permits it. With the client's address preserved, rules apply to the client's address; health checks come from the load balancer's. A rule can permit traffic through a load balancer with a given group, and what is in a prefix list, as the list is now.",
    source: guide.securityGroups,
    lab: "Enforced for traffic from outside the VPC, through load balancers or directly, and for health checks.",
    shownBy: {
      [tests.firewall]: [
        "close node ports unless a rule opens them, also to health checks and flows through the load balancer",
        "admit only traffic through the load balancer if nodes trust its group",
      ],
      "test/unit/lab/clouds/aws/balancer/firewall.test.ts": [
        "permit what a rule names, with the ports of one source together",
        "support all protocols, and ICMP by type and code",
      ],
    },
    limit: {
      text: "Traffic between instances and pods inside the VPC is permitted, and so is outgoing traffic of instances. There are no network ACLs.",
      short: "Security group rules between nodes and for their outgoing traffic, and network ACLs.",
    },
  },
  {
    name: "Security groups of load balancers",
    documented:
      "They decide what reaches the listeners and what leaves for the targets. Only the outbound rules apply to health checks. A load balancer created without security groups can never get any.",
    source: guide.securityGroups,
    lab: "The same.",
    shownBy: {
      [tests.firewall]: [
        "admit only traffic through the load balancer if nodes trust its group",
        "let in whoever is in a prefix list, as the list is now, and nobody else",
        "let in the members of a group by their private addresses, and nobody else",
        "of a load balancer block its flows and health checks if they allow no egress",
      ],
      "test/live/clouds/aws/api/loadBalancers.test.ts": [
        "can change its security groups only if it was created with some",
      ],
    },
  },
  {
    name: "Internal load balancers",
    documented: "They only have private addresses, reachable from the VPC and connected networks.",
    source: guide.loadBalancers,
    lab: "The same; no network is connected to the VPC.",
    shownBy: {
      [tests.firewall]: ["leave an internal load balancer reachable in the VPC, but not from the internet"],
    },
  },
  {
    name: "Auto Scaling groups",
    documented:
      "A group registers its instances with the attached target groups: all of them on attachment, and each when it comes into service. It deregisters an instance that leaves, and waits for the deregistration delay before it terminates it.",
    source: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/attach-load-balancer-asg.html",
    lab: "The same for one group with all nodes, without the wait. It launches nothing: nodes come and go by `add-node` and `remove-node`.",
    shownBy: {
      "test/live/clouds/aws/api/autoScaling.test.ts": [
        "registers its instances with an attached target group, and deregisters them when it is detached",
        "registers a node that joins, and deregisters one that is terminated",
        "does not register a target again that somebody else has deregistered",
      ],
    },
    limit: {
      text: "How long a group takes to launch an instance, its own health checks, and what it does with a target that others have deregistered, which is not documented: the lab's does nothing.",
      short: "How long an Auto Scaling group takes to launch and replace instances.",
    },
  },
  {
    name: "The API is unavailable",
    documented: "Data planes keep their state and continue when their control plane fails.",
    source:
      "https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/static-stability.html",
    lab: "The kernel forwards without the data plane's process. That process checks and routes without the API.",
    shownBy: {
      "test/live/clouds/aws/balancer/process.test.ts": [
        "continues while its process is down, and restores addresses and health when it is back",
        "continues while the AWS API is down, says so once, and reports afterwards what has changed",
      ],
    },
    limit: {
      text: "How AWS's control plane fails, throttles calls, and becomes consistent with a delay.",
      short: "How AWS's control plane fails, throttles calls, and becomes consistent with a delay.",
    },
  },
  {
    name: "Clocks",
    documented: "Checks every 5 to 300 s, registration within minutes, 300 s of draining, idle after 350 s.",
    source: guide.healthChecks,
    lab: "`lab:timeScale` divides every wait of a load balancer: registration, interval and time-out of checks, deregistration delay, unhealthy draining, idle time-outs. 1 is real time. Kubernetes' own clocks are real.",
    shownBy: {
      "test/unit/lab/clouds/aws/balancer/clocks.test.ts": [
        "are AWS's at scale 1, and otherwise all divided by the same number",
        "give a busy machine a second to answer a check, and the kernel whole seconds",
      ],
    },
    limit: {
      text: "Durations on AWS; and a race between AWS's clocks and Kubernetes' has another winner at another scale.",
      short:
        "Durations on AWS, or the winner of a race between its clocks and Kubernetes', unless `lab:timeScale` is 1.",
    },
  },
  {
    name: "The rest of AWS",
    documented: "Permissions (IAM), quotas, prices, load balancer capacity units, zones of machines.",
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html",
    lab: "The API accepts any credentials and permits everything. The data plane is one kernel. A node can be killed, but hardware cannot fail partially. What the program does not use is as faithful as moto.",
    shownBy: {},
    limit: {
      text: "A policy that is too narrow, throughput, quotas, bills, failing hardware.",
      short: "Throughput, failing hardware, quotas, bills, and an IAM policy that is too narrow.",
    },
  },
  {
    name: "Nodes",
    documented: "EC2 instances, on which the kubelet enforces the limits of pods.",
    source: "https://docs.aws.amazon.com/eks/latest/userguide/worker.html",
    lab: "Linux namespaces with the upstream kubelet, containerd and runc, without their own control groups.",
    shownBy: {
      "test/live/stack.test.ts": ["answers on the host's ports, each way with its own pods"],
    },
    limit: {
      text: "CPU and memory limits of pods are accepted and not enforced.",
      short: "CPU and memory limits of pods.",
    },
  },
  {
    name: "Pods' addresses",
    documented:
      "The AWS VPC CNI gives pods addresses out of prefixes of their node's network interface, which EC2 shows. Load balancers and the VPC reach them like the node itself.",
    source: "https://docs.aws.amazon.com/eks/latest/userguide/cni-increase-ip-addresses.html",
    lab: "Each node's network interface has eight prefixes of its subnet. The standard plug-ins `ptp` and `host-local` give their addresses to pods.",
    shownBy: {
      "test/live/clouds/aws/api/account.test.ts": [
        "has the prefixes that its pods' addresses are in, and keeps them to itself",
      ],
      "test/live/clouds/aws/loadBalancerController/podTargets.test.ts": [
        "are registered by their own addresses, which their node's network interface has, without node ports",
      ],
    },
    limit: {
      text: "A node has all of its prefixes from the start. On EKS single secondary addresses are the default, the CNI asks for more as pods come, and a released address is not used again for 30 s.",
      short: "How the AWS VPC CNI asks for addresses, and when it has none left.",
    },
  },
];

/** What the API answers: other load balancers, security group rules, refusals, deletions. */
import type { Behaviour } from "../../../fidelity/behaviour.ts";
import { tests } from "./sources.ts";

const reference = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference";

export const api: readonly Behaviour[] = [
  {
    name: "Classic Load Balancers",
    documented:
      "The previous generation of load balancers, with an API of its own. The cloud controller manager makes one for a Service that does not ask for an NLB, with a security group that has the cluster's tag.",
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/introduction.html",
    lab: "The API answers: the controller makes it, its Service gets a host name, and it can be changed and deleted.",
    shownBy: {
      "test/live/clouds/aws/api/classicLoadBalancers.test.ts": [
        "has AWS's names, its subnets and zones, and a health check from the start",
        "changes its listeners, and keeps those that are not named",
        "holds its security groups by network interfaces of AWS until it is deleted",
        "is refused where AWS refuses it",
      ],
      "test/live/classicLoadBalancer.test.ts": [
        "gets a host name and a security group with the cluster's tag",
        "is left behind when the annotation asks for an NLB",
        "is deleted with its Service",
      ],
    },
    limit: {
      text: "Traffic: the data plane does not serve it, and its host name has no addresses. A registered instance that runs counts as in service. Certificates are not checked.",
      short: "Traffic through Classic Load Balancers: the lab only answers their API.",
    },
  },
  {
    name: "Security group rules",
    documented:
      "A rule is what it permits: protocol, ports and source. A second one with another description is a duplicate. Host bits of an address range are cleared. A call changes all of its rules or none. A protocol is tcp, udp, icmp, icmpv6, a number or -1. A group has a quota for IPv4 and one for IPv6, and a rule with a prefix list counts as the list's maximum size.",
    source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html",
    lab: "The same. A rule that is gone is `InvalidSecurityGroupRuleId.NotFound` by its id, and `InvalidPermission.NotFound` otherwise.",
    shownBy: {
      [tests.securityGroups]: [
        "tells rules apart by protocol, ports and source, not by descriptions",
        "counts a prefix list's maximum size towards the quota, and IPv4 and IPv6 separately",
        "counts AWS's own prefix lists by their weights, and knows no others",
        "knows protocols by name or number, and no others",
        "adds all rules of a call or none",
        "revokes all rules of a call or none",
        "says of a rule's id that it is gone",
        "clears the host bits of an address range",
        "changes a rule in place, but not into one that there is",
      ],
    },
  },
  {
    name: "Refused settings",
    documented:
      "A path of a health check begins with a slash. Elastic IP addresses have to exist. A dual-stack load balancer needs subnets with IPv6.",
    source: `${reference}/API_CreateLoadBalancer.html`,
    lab: "Refused with AWS's error codes. Ids are compared as they are: one with a blank does not exist.",
    shownBy: {
      [tests.targetGroups]: ["refuses health checks outside AWS's ranges"],
      [tests.loadBalancers]: [
        "takes Elastic IP addresses by their exact allocation ids",
        "is dual-stack only in subnets with IPv6",
      ],
    },
    limit: {
      text: "The words of some messages: AWS documents error codes alone.",
      short: "The words of some error messages of AWS.",
    },
  },
  {
    name: "Alarms and buckets for access logs",
    documented:
      "An alarm of CloudWatch watches the load balancer's metrics. Access logs go to an S3 bucket in the load balancer's region, whose policy lets AWS's log service write there. AWS refuses to turn them on for another bucket.",
    source:
      "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/enable-access-logs.html#access-logging-bucket-requirements",
    lab: "The API keeps alarms, buckets, policies and tags, and answers as it was told.",
    shownBy: {
      "test/live/clouds/aws/plugin.test.ts": [
        "makes an alarm, changes what it says and its tags, finds it as it left it, and deletes it",
        "makes a bucket and its policy, changes both, finds them as it left them, and deletes them",
      ],
      "test/long/options.test.ts": [
        "make an alarm for the target group, as CloudWatch tells it",
        "make the bucket for access logs, where only AWS's log service may write for this account",
      ],
    },
    limit: {
      text: "There are no metrics, so no alarm is ever raised, and no logs are written. Access logs can be turned on for a bucket that does not exist, or whose policy lets nobody write.",
      short: "Metrics, alarms that are raised, access logs, and whether AWS may write to their bucket.",
    },
  },
  {
    name: "Repeated deletions",
    documented:
      "Deleting a load balancer or a target group that does not exist succeeds. Network interfaces of a load balancer belong to AWS and hold its subnets and security groups.",
    source: `${reference}/API_DeleteTargetGroup.html`,
    lab: "The same.",
    shownBy: {
      [tests.loadBalancers]: [
        "cannot be deleted while it is protected, and deleting it twice is no error",
        "uses its subnets and security groups through network interfaces",
      ],
      [tests.targetGroups]: ["may be deleted twice"],
    },
    limit: {
      text: "AWS releases the network interfaces some time after the deletion; the lab releases them at once.",
      short: "How long AWS keeps the network interfaces of a deleted load balancer.",
    },
  },
];

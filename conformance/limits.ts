/** Why specs fail or skip themselves on the lab where that is no fault of its Services: data only. The first pattern that matches a spec's name or reason counts. */

export interface Limit {
  readonly matches: RegExp;
  readonly reason: string;
}

export const limits: readonly Limit[] = [
  {
    matches: /should not be vulnerable to the invalid conntrack state bug/,
    reason: "It needs the image regression-issue-74839, which the lab does not have.",
  },
  {
    matches: /should set TCP CLOSE_WAIT timeout/,
    reason: "It needs the image distroless-iptables, which the lab does not have.",
  },
  {
    matches: /DNS should support configurable pod resolv\.conf/,
    reason:
      "Its name server is the CoreDNS in upstream's image of agnhost. The lab's image has none, which would add 52 MB.",
  },
  // Of load balancers: what the AWS cloud controller manager refuses is in its own words.
  {
    matches: /session affinity .*for LoadBalancer service/,
    reason: 'The controller refuses it: "unsupported load balancer affinity: ClientIP".',
  },
  {
    matches: /should be able to create LoadBalancer Service without NodePort and change it/,
    reason:
      'The controller makes a load balancer without listeners: "Ignoring port without NodePort defined". Its targets are nodes, at node ports.',
  },
  {
    matches: /should be able to preserve UDP traffic when server pod cycles for a LoadBalancer service/,
    reason:
      "The spec needs a load balancer with an IP address. AWS's have a host name, which it reads as no address, and asks its own machine.",
  },
  {
    matches: /LoadBalancer uses 'Proxy' IPMode/,
    reason: "It skips itself where a load balancer has no IP address. AWS's have a host name.",
  },
  {
    matches: /should be able to change the type and ports of a UDP service/,
    reason:
      "All of it passes until the load balancer is deleted. AWS deletes its host name too, and the spec waits for a time-out or a refusal.",
  },
];

export const limitOf = (name: string, reason: string): Limit | undefined =>
  limits.find(({ matches }) => matches.test(name) || matches.test(reason));

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
];

export const limitOf = (name: string, reason: string): Limit | undefined =>
  limits.find(({ matches }) => matches.test(name) || matches.test(reason));

/** One object more on one side, of every kind that somebody can add by hand. */
import assert from "node:assert/strict";
import { aws } from "../../../../../comparison/clouds/aws/index.ts";
import type { AwsExposure, NlbFacts, RuleFacts } from "../../../../../comparison/clouds/aws/model.ts";
import { judge } from "../../../../../comparison/difference/compare.ts";
import { comparedOf } from "../../../../../comparison/difference/compared.ts";
import type { MemberFacts } from "../../../../../comparison/model/loadBalancer.ts";
import { factsIn, known } from "../../../../../comparison/model/sourceResult.ts";
import { sides } from "../../../../../comparison/result/bySide.ts";
import { facts } from "../../difference/facts.ts";

type Change = (exposure: AwsExposure) => AwsExposure;

const ofBalancer =
  (change: (balancer: NlbFacts) => Partial<NlbFacts>): Change =>
  (exposure) => {
    const balancer = factsIn(exposure.loadBalancer) ?? assert.fail();
    return { ...exposure, loadBalancer: known({ ...balancer, ...change(balancer) }) };
  };

const moreListeners = (changes: Partial<NlbFacts["listeners"][number]>): Change =>
  ofBalancer(({ listeners }) => {
    const [like = assert.fail()] = listeners;
    const identity = { name: "more", id: "arn:listener/more" };
    return { listeners: [...listeners, { ...like, identity, ...changes }] };
  });

const moreTargets = (changes: Partial<MemberFacts>): Change =>
  ofBalancer(({ pools }) => ({
    pools: pools.map((group) => {
      const [like = assert.fail()] = group.members;
      return { ...group, members: [...group.members, { ...like, ...changes }] };
    }),
  }));

const moreRules =
  (changes: Partial<RuleFacts>): Change =>
  (exposure) => {
    const { nodes, loadBalancer } = factsIn(exposure.firewall) ?? assert.fail();
    const like = nodes.find(({ ipProtocol }) => ipProtocol === "tcp") ?? assert.fail();
    const more: RuleFacts = {
      ...like,
      identity: { name: "more", id: "sgr-more" },
      owner: "other",
      ...changes,
    };
    return { ...exposure, firewall: known({ nodes: [...nodes, more], loadBalancer }) };
  };

const changes: Readonly<Record<string, Change>> = {
  "a listener for the same target group": moreListeners({ port: 443 }),
  "a listener that leads nowhere": moreListeners({ port: 443, forwardsTo: [] }),
  "a listener for a group that nobody knows": moreListeners({ port: 443, forwardsTo: ["arn:unknown"] }),
  "a target group that no listener uses": ofBalancer(({ pools }) => ({
    pools: [...pools, { ...(pools[0] ?? assert.fail()), identity: { name: "more", id: "arn:more" } }],
  })),
  "a target group behind the same listener": ofBalancer(({ listeners, pools }) => ({
    listeners: listeners.map((each) => ({ ...each, forwardsTo: [...each.forwardsTo, "arn:more"] })),
    pools: [...pools, { ...(pools[0] ?? assert.fail()), identity: { name: "more", id: "arn:more" } }],
  })),
  "a target that is no node": moreTargets({ id: "i-foreign" }),
  "a target that is an address": moreTargets({ id: "10.0.99.99" }),
  "a node as a target at another port": moreTargets({ port: 31_999 }),
  "a node as a target at another port, which fails its checks": moreTargets({
    port: 31_999,
    state: "unhealthy",
  }),
  "a certificate": ofBalancer(({ listeners }) => ({
    listeners: listeners.map((each) => ({ ...each, certificates: ["arn:certificate"] })),
  })),
  "a security group that lets nobody in": ofBalancer(() => ({ securityGroups: ["sg-more"] })),
  "an address in the status": (exposure) => {
    const service = factsIn(exposure.service) ?? assert.fail();
    return {
      ...exposure,
      service: known({ ...service, ingress: [...service.ingress, "more.example.com"] }),
    };
  },
  "a rule for IPv6 clients": moreRules({ source: "::/0" }),
  "a rule for all traffic": moreRules({ ipProtocol: "-1", fromPort: -1, toPort: -1 }),
  "a rule for all traffic of IPv6": moreRules({
    ipProtocol: "-1",
    fromPort: 0,
    toPort: 0,
    source: "::/0",
  }),
  "a rule for all ports of TCP": moreRules({ fromPort: 0, toPort: 65_535 }),
  "a rule for all of ICMP": moreRules({ ipProtocol: "icmp", fromPort: -1, toPort: -1 }),
  "a rule for UDP": moreRules({ ipProtocol: "udp" }),
  "a rule for all ports from a list of prefixes": moreRules({
    fromPort: 0,
    toPort: 65_535,
    source: "pl-1",
  }),
};

describe("two ways of which one has one object more", () => {
  for (const [what, change] of Object.entries(changes))
    for (const side of sides)
      it(`are different, or have it named: ${what} on the ${side}`, () => {
        const { verdict, opensMore } = judge(comparedOf({ ...facts, [side]: change(facts[side]) }, aws), {
          traffic: [],
          statements: [],
        });
        assert.ok(verdict.kind === "different" || opensMore.length > 0, verdict.sentence);
      });
});

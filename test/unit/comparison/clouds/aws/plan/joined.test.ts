import assert from "node:assert/strict";
import {
  LoadBalancerExposure,
  NetworkLoadBalancer,
  NodePortExposure,
} from "../../../../../../components/index.ts";
import type { NetworkLoadBalancerArgs, NodePortExposureArgs } from "../../../../../../components/index.ts";
import { clusterOf } from "../../../../../../comparison/clouds/aws/plan/network.ts";
import { plannedComparison } from "../../../../../../comparison/plan/plannedComparison.ts";
import { Recorder } from "../../../../../../comparison/plan/recorder.ts";
import type { ShortForm } from "../../../../../../comparison/report/shortForm.ts";
import { declare, knowledgeOf, network } from "../../../../components/core/declaring.ts";

interface Program {
  /** Of the exposure that is compared. */
  readonly own?: Partial<NodePortExposureArgs>;
  /** Of the other one. */
  readonly other?: Partial<NodePortExposureArgs>;
  readonly shared?: Partial<NetworkLoadBalancerArgs>;
  readonly preview?: boolean;
}

const args = {
  namespace: "shop",
  selector: { app: "web" },
  ports: [{ name: "http", port: 80 }],
  loadBalancerSourceRanges: ["203.0.113.0/24"],
};

/** Compares one of two exposures that share a load balancer with a LoadBalancer Service. */
async function compared({ own, other, shared, preview = true }: Program): Promise<ShortForm> {
  const recorder = new Recorder();
  const opts = { transformations: [recorder.record] };
  const { result } = await declare(
    () => {
      const loadBalancer = new NetworkLoadBalancer("shared", { network, ...shared }, opts);
      const first = new NodePortExposure(
        "other",
        {
          ...args,
          ports: [{ name: "alt", port: 8080 }],
          loadBalancerSourceRanges: ["198.51.100.0/24"],
          network,
          loadBalancer,
          ...other,
        },
        opts,
      );
      const second = new NodePortExposure("own", { ...args, network, loadBalancer, ...own }, opts);
      new LoadBalancerExposure("theirs", args, opts);
      return knowledgeOf(
        plannedComparison({
          recorder,
          complete: first.nodeRules.apply(() => second.nodeRules),
          cluster: clusterOf("dev", network),
          names: ["own", "theirs"],
        }),
      );
    },
    { preview },
  );
  return result.known ? (result.value as ShortForm) : assert.fail("the comparison is not known");
}

/** The other exposure has everything else. */
const unlike: Program["other"] = {
  healthCheck: { protocol: "HTTP", port: 10256, path: "/healthz", intervalSeconds: 10 },
  deregistrationDelaySeconds: 5,
  preserveClientIp: false,
  tags: { team: "other" },
};

describe("the plan of an exposure that joins a load balancer", () => {
  for (const preview of [true, false])
    it(`is equivalent to a LoadBalancer Service, whatever the other exposure is like (${preview ? "preview" : "update"})`, async () => {
      const { verdict, ...rest } = await compared({ other: unlike, preview });
      assert.match(verdict, /^Equivalent as planned: .* 0 unexplained\.$/, JSON.stringify(rest));
    });

  it("is equivalent with a security group of the load balancer", async () => {
    const { verdict, ...rest } = await compared({ other: unlike, shared: { securityGroups: "own" } });
    assert.match(verdict, /^Equivalent as planned: .* 0 unexplained\.$/, JSON.stringify(rest));
  });

  it("is equivalent beside a port that the load balancer has itself", async () => {
    const { verdict, ...rest } = await compared({
      shared: {
        ports: [{ name: "itself", port: 443, nodePort: 30443 }],
        loadBalancerSourceRanges: ["192.0.2.0/24"],
      },
    });
    assert.match(verdict, /^Equivalent as planned: .* 0 unexplained\.$/, JSON.stringify(rest));
  });

  const differences: readonly [what: string, program: Program, reason: RegExp][] = [
    ["the load balancer's scheme", { shared: { scheme: "internal" } }, /scheme is internal on the left/],
    ["the exposure's own target group", { own: { deregistrationDelaySeconds: 5 } }, /deregistration_delay/],
    [
      "the exposure's own source ranges",
      { own: { loadBalancerSourceRanges: ["203.0.113.0/24", "192.0.2.0/24"] } },
      /192\.0\.2\.0\/24/,
    ],
    [
      "clients of the own group's listener",
      {
        own: { loadBalancerSourceRanges: ["192.0.2.0/24"] },
        shared: { securityGroups: "own" },
      },
      /192\.0\.2\.0\/24/,
    ],
  ];
  for (const [what, program, reason] of differences)
    it(`is different by ${what}`, async () => {
      const { verdict, reasons = [] } = await compared(program);
      assert.match(verdict, /^Different: /);
      assert.ok(
        reasons.some((each) => reason.test(each)),
        reasons.join("\n"),
      );
    });
});

import assert from "node:assert/strict";
import {
  listenerAttributes,
  loadBalancerAttributes,
  targetGroupAttributes,
} from "../../../../../../comparison/clouds/aws/defaults.ts";
import { ownAttributes } from "../../../../../../comparison/clouds/aws/manifests/ownAttributes.ts";
import { declareOwn } from "../../../../../../comparison/clouds/aws/manifests/program.ts";
import type { NlbFacts, RuleFacts } from "../../../../../../comparison/clouds/aws/model.ts";
import { controllerNamed, groundOf } from "../../../../../../comparison/manifests/ground.ts";
import type { Alone } from "../../../../../../comparison/plan/facts.ts";
import { declared } from "../../../../../../comparison/plan/facts.ts";
import { planProgram } from "../../../../../../comparison/plan/plan.ts";
import type { NetworkLoadBalancerExposureArgs } from "../../../../../../components/index.ts";
import { trials } from "../../../../components/aws/optionTrials.ts";
import { facts } from "../../../plan/planned.ts";

/** What a NodePortExposure with these options will have. */
async function exposureWith(given: Partial<NetworkLoadBalancerExposureArgs>): Promise<Alone> {
  const ground = await groundOf(controllerNamed("ccm") ?? assert.fail(), {}, []);
  const args = {
    namespace: "shop",
    selector: { app: "web" },
    ports: [{ name: "http", port: 80 }],
    loadBalancerSourceRanges: ["0.0.0.0/0"],
    ...given,
  };
  const cluster = ground.cluster as Parameters<typeof declareOwn>[2];
  const program = await planProgram(ground.network.configuration, [], () =>
    declareOwn("web", args as Parameters<typeof declareOwn>[1], cluster),
  );
  return declared({ ...program, cloud: ground.cloud }, "web");
}

const plannedWith = async (given: Partial<NetworkLoadBalancerExposureArgs>): Promise<NlbFacts> =>
  facts((await exposureWith(given)).loadBalancer) as NlbFacts;

/** Attributes that are not AWS's defaults. */
function changedOf({ attributes, listeners, pools }: NlbFacts): Record<string, string> {
  const of = [
    { attributes, defaults: loadBalancerAttributes },
    ...listeners.map((each) => ({ ...each, defaults: listenerAttributes(each.protocol) })),
    ...pools.map((each) => ({ ...each, defaults: targetGroupAttributes(each.protocol) })),
  ];
  return Object.fromEntries(
    of.flatMap(({ attributes: all, defaults }) =>
      Object.entries(all).filter(([key, value]) => defaults[key] !== value),
    ),
  );
}

describe("the plan of a NodePortExposure", () => {
  for (const [name, { given, attributes }] of Object.entries(trials)) {
    if (attributes === undefined) continue;
    it(`has the attributes for ${name}, from which the option can be told`, async () => {
      const planned = await plannedWith(given);
      assert.deepEqual(changedOf(planned), attributes);
      const told = ownAttributes(planned, "instance");
      // The default of an option is not told.
      const { preserveClientIp, ...others } = given;
      assert.deepEqual(told, preserveClientIp === false ? { ...others, preserveClientIp } : others);
    });
  }

  it("has a TLS listener with all certificates, the default one first", async () => {
    const [first, second, third] = [1, 3, 2].map(
      (digit) => `arn:aws:acm:us-west-2:123456789012:certificate/${digit}`,
    );
    const { listeners, pools } = await plannedWith({
      ports: [
        {
          name: "https",
          port: 443,
          tls: {
            certificateArn: first ?? "",
            additionalCertificateArns: [second ?? "", third ?? ""],
            alpnPolicy: "HTTP2Only",
            targetProtocol: "TLS",
          },
        },
      ],
    });
    assert.deepEqual(
      listeners.map(({ protocol, certificates, sslPolicy, alpnPolicy, attributes }) => ({
        protocol,
        certificates,
        sslPolicy,
        alpnPolicy,
        attributes,
      })),
      [
        {
          protocol: "TLS",
          certificates: [first, third, second],
          sslPolicy: "ELBSecurityPolicy-2016-08",
          alpnPolicy: ["HTTP2Only"],
          attributes: {},
        },
      ],
    );
    assert.deepEqual(
      pools.map(({ protocol }) => protocol),
      ["TLS"],
    );
  });

  it("has the prefix lists and security groups that may connect", async () => {
    const { openings } = await exposureWith({
      loadBalancerSourceRanges: [],
      securityGroups: "own",
      sourcePrefixLists: [{ id: "pl-9" }],
      sourceSecurityGroups: ["sg-9"],
    });
    assert.deepEqual(
      (facts(openings) as RuleFacts[])
        .filter(({ securityGroup }) => securityGroup.startsWith("urn:"))
        .map(({ ipProtocol, source }) => [ipProtocol, source]),
      [
        ["tcp", "pl-9"],
        ["tcp", "sg-9"],
        ["icmp", "sg-9"],
      ],
    );
  });

  it("has IPv6 addresses, and the IPv6 ranges that may connect", async () => {
    const { loadBalancer, openings } = await exposureWith({
      ipAddressType: "dualstack",
      securityGroups: "own",
      loadBalancerSourceRanges: ["2001:db8::/32"],
    });
    assert.equal((facts(loadBalancer) as NlbFacts).ipAddressType, "dualstack");
    assert.deepEqual(
      (facts(openings) as RuleFacts[])
        .filter(({ source }) => source.includes(":db8:"))
        .map(({ ipProtocol, source }) => [ipProtocol, source]),
      [
        ["tcp", "2001:db8::/32"],
        ["icmpv6", "2001:db8::/32"],
      ],
    );
  });

  it("has the private addresses of its subnets", async () => {
    const { zones } = await plannedWith({
      scheme: "internal",
      subnetIds: ["subnet-2", "subnet-1"],
      privateIpv4Addresses: ["10.0.16.9", "10.0.0.9"],
    });
    assert.deepEqual(
      zones.map(({ subnet, addresses }) => ({ subnet, addresses })),
      [
        { subnet: "subnet-1", addresses: ["10.0.0.9"] },
        { subnet: "subnet-2", addresses: ["10.0.16.9"] },
      ],
    );
  });

  it("has the Elastic IP addresses of its subnets", async () => {
    const { zones } = await plannedWith({
      subnetIds: ["subnet-2", "subnet-1"],
      eipAllocationIds: ["eipalloc-2", "eipalloc-1"],
    });
    assert.deepEqual(
      zones.map(({ subnet, elasticAddresses }) => ({ subnet, elasticAddresses })),
      [
        { subnet: "subnet-1", elasticAddresses: ["eipalloc-1"] },
        { subnet: "subnet-2", elasticAddresses: ["eipalloc-2"] },
      ],
    );
  });
});

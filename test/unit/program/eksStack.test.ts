import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readStackConfiguration } from "../../../cli/stackConfiguration.ts";
import { prices } from "../../../comparison/clouds/aws/cost/prices.ts";
import { readSettings } from "../../../config.ts";
import { lookUpFailure } from "../../../program/clouds/aws/lookUpFailure.ts";
import { declare } from "../components/core/declaring.ts";
import { checkout, project } from "./stackFiles.ts";

const { values } = readStackConfiguration(checkout, "eks");
const page = readFileSync(join(checkout, "docs/eks.md"), "utf8");
const readme = readFileSync(join(checkout, "README.md"), "utf8");

describe("Pulumi.eks.yaml", () => {
  it("is a valid configuration that admits nobody until it is edited", async () => {
    const { result } = await declare(() => readSettings(), { preview: true, config: values });
    assert.equal(result.clusterName, "my-cluster");
    // https://www.rfc-editor.org/rfc/rfc5737: for documentation, in use nowhere.
    assert.deepEqual(result.exposure.nodePort.loadBalancerSourceRanges, ["203.0.113.0/24"]);
  });

  it("has no key of the lab, and no credentials", () => {
    const others = Object.keys(values).filter((key) => !key.startsWith(`${project}:`));
    assert.deepEqual(others, ["aws:region"]);
  });
});

describe("what a stack on EKS costs, in the documentation", () => {
  const cost = (publicAddresses: number) =>
    2 * (prices.loadBalancerHour + publicAddresses * prices.publicAddressHour);
  const dollars = (sum: number) => `$${Number(sum.toFixed(4))}`;

  it("is that of two load balancers with an address in each of three zones", () => {
    for (const text of [page, readme]) assert.ok(text.includes(`${dollars(cost(3))} an hour`));
    assert.ok(page.includes(`${dollars(cost(3) * prices.hoursPerMonth)} a`));
  });

  it("is less without public addresses, at the prices of the price table", () => {
    assert.ok(page.includes(`${dollars(cost(0))} an hour`));
    for (const text of [dollars(prices.loadBalancerHour), dollars(prices.publicAddressHour), prices.date])
      assert.ok(page.includes(text), text);
  });
});

describe("a look-up on AWS that failed", () => {
  const said = {
    "invoking getInstances: Could not load credentials from any providers": /no AWS credentials\. Log in/,
    "No valid credential sources found": /no AWS credentials\. Log in/,
    "api error ExpiredTokenException: The security token is expired": /have expired\. Renew/,
    "api error AuthFailure: AWS was not able to validate the provided access credentials":
      /sts get-caller-id/,
    "api error UnauthorizedOperation: You are not authorized to perform this operation":
      /docs\/permissions\.md/,
    "getaddrinfo ENOTFOUND ec2.us-wset-2.amazonaws.com": /name of the region in aws:region/,
  };
  for (const [message, fix] of Object.entries(said)) {
    it(`says what to do about "${message}"`, () => {
      const reason = lookUpFailure("The network of the cluster shop", `${message}\n    at trace`) ?? "";
      assert.match(reason, fix);
      assert.match(reason, /^The network of the cluster shop cannot be looked up on AWS\. /);
      assert.ok(reason.endsWith(`\n  ${message}`));
    });
  }

  it("is left as it is if its meaning is not known", () => {
    assert.equal(lookUpFailure("The cluster", "something else"), undefined);
  });
});

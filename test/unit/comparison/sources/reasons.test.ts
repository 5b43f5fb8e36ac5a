import assert from "node:assert/strict";
import { ApiException } from "@kubernetes/client-node";
import { aws } from "../../../../comparison/clouds/aws/index.ts";
import type { AskedSources } from "../../../../comparison/sources/askedSource.ts";
import { clusterSources } from "../../../../comparison/sources/askedSource.ts";
import { reasonOf } from "../../../../comparison/sources/reasons.ts";
import { PlainReason } from "../../../../comparison/sources/reasons/plainReason.ts";
import { TimeLimitError } from "../../../../comparison/sources/timeLimit.ts";
import { sdkError } from "./clients.ts";

const named = (name: string, message: string): Error => Object.assign(new Error(message), { name });
const coded = (code: string, more: object = {}, message = code): Error =>
  Object.assign(new Error(message), { code, ...more });
const kubernetes = (code: number, status: object): Error =>
  new ApiException(code, "Unknown API Status Code!", JSON.stringify(status), {});

const cases: readonly { what: string; error: unknown; source: string; reason: string }[] = [
  {
    what: "no credentials",
    error: named("CredentialsProviderError", "Could not load credentials from any providers"),
    source: "ELBv2 API",
    reason:
      "no AWS credentials found: not in the environment (AWS_ACCESS_KEY_ID), not in ~/.aws for the profile (AWS_PROFILE), not from single sign-on, a web identity " +
      "or a role of this machine; log in with aws configure or aws sso login, or set AWS_PROFILE",
  },
  {
    what: "a single sign-on session that has ended",
    error: named(
      "CredentialsProviderError",
      "The SSO session associated with this profile has expired or is otherwise invalid.",
    ),
    source: "ELBv2 API",
    reason: "the AWS single sign-on session has ended; log in again: aws sso login",
  },
  {
    what: "no region",
    error: new Error("Region is missing"),
    source: "EC2 API",
    reason: "the AWS region is not known; set AWS_REGION to the cluster's",
  },
  {
    what: "an expired token",
    error: sdkError("ExpiredToken", "The security token included in the request is expired", 403),
    source: "ELBv2 API",
    reason: "the AWS credentials have expired; renew them, for example with aws sso login",
  },
  {
    what: "an expired request",
    error: sdkError("RequestExpired", "Request has expired.", 400),
    source: "EC2 API",
    reason: "the AWS credentials have expired; renew them, for example with aws sso login",
  },
  {
    what: "credentials that AWS does not know",
    error: sdkError("AuthFailure", "AWS was not able to validate the provided access credentials", 401),
    source: "EC2 API",
    reason:
      "the EC2 API does not accept the AWS credentials (AuthFailure); check AWS_PROFILE and AWS_ACCESS_KEY_ID with aws sts get-caller-identity",
  },
  {
    what: "a missing permission in ELBv2",
    error: sdkError(
      "AccessDenied",
      "User: arn:aws:iam::123456789012:user/jane is not authorized to perform: elasticloadbalancing:DescribeTargetHealth because no identity-based policy allows the elasticloadbalancing:DescribeTargetHealth action",
      403,
    ),
    source: "ELBv2 API",
    reason:
      "no permission for elasticloadbalancing:DescribeTargetHealth as arn:aws:iam::123456789012:user/jane; a policy must allow it",
  },
  {
    what: "a missing permission in EC2 that says no action",
    error: sdkError("UnauthorizedOperation", "You are not authorized to perform this operation.", 403),
    source: "EC2 API",
    reason:
      "no permission in the EC2 API: the policy must allow ec2:DescribeInstances, ec2:DescribeSecurityGroups, ec2:DescribeSecurityGroupRules, ec2:DescribeSubnets, " +
      "ec2:DescribeRouteTables, ec2:DescribeNetworkInterfaces and ec2:DescribeAddresses",
  },
  {
    what: "throttling",
    error: sdkError("ThrottlingException", "Rate exceeded"),
    source: "ELBv2 API",
    reason: "the ELBv2 API throttles this account's calls; try again in a minute",
  },
  {
    what: "throttling in EC2",
    error: sdkError("RequestLimitExceeded", "Request limit exceeded.", 503),
    source: "EC2 API",
    reason: "the EC2 API throttles this account's calls; try again in a minute",
  },
  {
    what: "a load balancer that is gone",
    error: sdkError("LoadBalancerNotFoundException", "One or more load balancers not found"),
    source: "ELBv2 API",
    reason: "the load balancer, or a part of it, was deleted during the reading; try again",
  },
  {
    what: "any other answer of AWS",
    error: sdkError("InternalFailure", "An internal error has occurred\nand more", 500),
    source: "ELBv2 API",
    reason: "the ELBv2 API answered InternalFailure (500): An internal error has occurred",
  },
  {
    what: "an endpoint of AWS where nothing listens",
    error: coded("ECONNREFUSED", { address: "127.0.0.1", port: 24566 }),
    source: "EC2 API",
    reason:
      "the EC2 API cannot be reached at 127.0.0.1:24566 (ECONNREFUSED): nothing listens there; is it running, and is the address right?",
  },
  {
    what: "an endpoint's name that is unknown",
    error: coded("ENOTFOUND", { hostname: "ec2.us-wset-2.amazonaws.com" }),
    source: "EC2 API",
    reason:
      "the EC2 API cannot be reached at ec2.us-wset-2.amazonaws.com (ENOTFOUND): DNS does not know this name; is it right, and is a VPN missing?",
  },
  {
    what: "a time-out of the AWS SDK's own",
    error: named("TimeoutError", "socket hang up"),
    source: "ELBv2 API",
    reason: "the ELBv2 API cannot be reached: no answer; is a VPN, a proxy or a firewall in the way?",
  },
  {
    what: "an API server where nothing listens",
    error: coded(
      "ECONNREFUSED",
      {},
      "request to https://127.0.0.1:6443/api/v1/nodes failed, reason: connect ECONNREFUSED 127.0.0.1:6443",
    ),
    source: "Kubernetes API",
    reason:
      "the Kubernetes API cannot be reached at https://127.0.0.1:6443 (ECONNREFUSED): nothing listens there; is it running, and is the address right?",
  },
  {
    what: "an API server with a certificate of nobody known",
    error: coded(
      "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
      {},
      "request to https://10.0.0.1/api failed, reason: unable to verify the first certificate",
    ),
    source: "Kubernetes API",
    reason:
      "the Kubernetes API cannot be reached at https://10.0.0.1 (UNABLE_TO_VERIFY_LEAF_SIGNATURE): its certificate is signed by an unknown authority",
  },
  {
    what: "credentials that Kubernetes does not accept",
    error: new ApiException(401, "Unauthorized", undefined, {}),
    source: "Kubernetes API",
    reason:
      "the Kubernetes API does not accept the kubeconfig's credentials (401); renew them: on Amazon EKS with aws eks update-kubeconfig",
  },
  {
    what: "a missing permission in Kubernetes",
    error: kubernetes(403, {
      message:
        'nodes is forbidden: User "jane" cannot list resource "nodes" in API group "" at the cluster scope',
    }),
    source: "Kubernetes API",
    reason:
      'no permission in the Kubernetes API: nodes is forbidden: User "jane" cannot list resource "nodes" in API group "" at the cluster scope; ' +
      "ask for a role that may get services and list endpointslices and nodes",
  },
  {
    what: "an API server with too much to do",
    error: kubernetes(429, { message: "too many requests" }),
    source: "Kubernetes API",
    reason: "the Kubernetes API is overloaded (429); try again",
  },
  {
    what: "any other answer of Kubernetes",
    error: kubernetes(500, { message: "etcdserver: leader changed" }),
    source: "Kubernetes API",
    reason: "the Kubernetes API answered 500: etcdserver: leader changed",
  },
  {
    what: "an answer that is no Status",
    error: new ApiException(502, "Unknown API Status Code!", "<html>Bad Gateway</html>", {}),
    source: "Kubernetes API",
    reason: "the Kubernetes API answered 502",
  },
  {
    what: "a credential plug-in that is not installed",
    error: coded("ENOENT", { syscall: "spawn aws-iam-authenticator" }),
    source: "Kubernetes API",
    reason:
      "the kubeconfig gets its credentials from aws-iam-authenticator, which is not installed here; install it, or put it on the PATH",
  },
  {
    what: "a time limit that is over",
    error: new TimeLimitError(10),
    source: "nodes' rules",
    reason:
      "the reading of the nodes' rules did not answer completely within 10 s; try again, and check the network if it happens again",
  },
  {
    what: "a reason that is one already",
    error: new PlainReason("there is no kubeconfig x"),
    source: "Kubernetes API",
    reason: "there is no kubeconfig x",
  },
  {
    what: "an error that nobody expected",
    error: new Error("oh\n    at somewhere (file.js:1:2)"),
    source: "DNS",
    reason: "DNS failed: oh",
  },
  {
    what: "an error without a text",
    error: new RangeError(),
    source: "DNS",
    reason: "DNS failed: RangeError",
  },
  { what: "what is no error", error: "oh", source: "EC2 API", reason: "the EC2 API failed: oh" },
];

describe("the reason why a source did not answer", () => {
  let sources: AskedSources;
  before(async () => {
    sources = { ...clusterSources, ...(await aws.connect()).sources };
  });

  for (const { what, error, source, reason } of cases) {
    it(`is one sentence for ${what}`, () => {
      const asked = sources[source];
      assert.ok(asked !== undefined);
      assert.equal(reasonOf(error, asked), reason);
    });
  }
});

/** IAM policies from the tables of actions. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
import { comparing } from "./commands.ts";
import { askedByElasticLoadBalancing, lookUps, resources } from "./program.ts";

interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: "*";
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface Policy {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

const sorted = (actions: readonly string[]): string[] => [...new Set(actions)].sort();

/** None of the actions that read names an object: AWS allows them for all objects or for none. */
const reading = (actions: readonly string[]): Statement => ({
  Sid: "Read",
  Effect: "Allow",
  Action: sorted(actions),
  Resource: "*",
});

/**
 * AWS makes the role of Elastic Load Balancing with an account's first load balancer, in the name of whoever makes that.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-service-linked-roles.html
 */
const firstLoadBalancer: Statement = {
  Sid: "FirstLoadBalancerOfTheAccount",
  Effect: "Allow",
  Action: ["iam:CreateServiceLinkedRole"],
  Resource: "*",
  Condition: { StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" } },
};

const policyOf = (...Statement: readonly Statement[]): Policy => ({ Version: "2012-10-17", Statement });

/** Enough for `pulumi preview`, which asks what there is. */
export const previewPolicy: Policy = policyOf(reading(Object.values(lookUps).flat()));

/** Enough for `pulumi up`, `refresh` and `destroy`. */
export const deployPolicy: Policy = policyOf(
  reading([
    ...Object.values(lookUps).flat(),
    ...Object.values(resources).flatMap(({ reads }) => reads),
    ...askedByElasticLoadBalancing,
  ]),
  {
    Sid: "Change",
    Effect: "Allow",
    Action: sorted(Object.values(resources).flatMap(({ changes }) => changes)),
    Resource: "*",
  },
  firstLoadBalancer,
);

/** Enough for `npm run compare` and `npm run leftovers`. */
export const comparePolicy: Policy = policyOf(reading(comparing));

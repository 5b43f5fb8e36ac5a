/**
 * The policy pack: what this project holds safe, for anybody's plan. `pulumi up --policy-pack policy` runs what `npm run policy` has made of this file, since Pulumi
 * loads a pack as one CommonJS module.
 */
import { PolicyPack, UnknownValueError } from "@pulumi/policy";
import type { PolicyResource, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { readable, recordOf } from "./resource.ts";
import type { DeclaredResource, ResourceRule, StackRule } from "./resource.ts";
import { openNodePorts } from "./rules/openNodePorts.ts";
import { openServices } from "./rules/openServices.ts";
import { plainSecrets } from "./rules/plainSecrets.ts";
import { restrictedNamespaces, restrictedPods } from "./rules/podSecurity.ts";
import { targetsGroup } from "./rules/targetsGroup.ts";

/** In a preview, a value that is not known yet ends the rule for that resource: Pulumi says so, and asks again before it makes the resource. */
function ofEachResource(name: string, description: string, rule: ResourceRule): ResourceValidationPolicy {
  return {
    name,
    description,
    validateResource({ type, props }, reportViolation) {
      for (const message of rule({ type, props })) reportViolation(message);
    },
  };
}

function ofStack(name: string, description: string, rule: StackRule): StackValidationPolicy {
  return {
    name,
    description,
    validateStack({ resources }, reportViolation) {
      for (const { urn, message } of rule(resources.map(declared))) reportViolation(message, urn);
    },
  };
}

const declared = ({ type, name, urn, props, propertyDependencies }: PolicyResource): DeclaredResource => ({
  type,
  name,
  urn,
  props: recordOf(readable(props, (error) => error instanceof UnknownValueError)),
  references: Object.fromEntries(
    Object.entries(propertyDependencies).map(([property, on]) => [property, on.map((each) => each.urn)]),
  ),
});

new PolicyPack("nodeport-vs-loadbalancer", {
  enforcementLevel: "mandatory",
  policies: [
    ofEachResource(
      "node-ports-closed-to-the-world",
      "No security group's rule opens node ports to the world.",
      openNodePorts,
    ),
    ofEachResource(
      "load-balancer-services-name-their-clients",
      "A LoadBalancer Service says who may connect, because the cloud's controller opens its node ports to them.",
      openServices,
    ),
    ofEachResource(
      "namespaces-enforce-restricted",
      "A namespace enforces Kubernetes' Pod Security Standard restricted.",
      restrictedNamespaces,
    ),
    ofEachResource(
      "pods-are-restricted",
      "Pods meet Kubernetes' Pod Security Standard restricted.",
      restrictedPods,
    ),
    ofEachResource("no-plain-secrets", "No secret is in plain text where everybody reads it.", plainSecrets),
    ofStack(
      "node-ports-open-to-load-balancers-alone",
      "Where load balancers have security groups, node ports are open to those alone.",
      targetsGroup,
    ),
  ],
});

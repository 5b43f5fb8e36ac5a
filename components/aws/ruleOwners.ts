/**
 * Who may own the rules that load balancers in front of the same nodes share. AWS refuses a second rule that equals one which exists, so aliases lead from each owner to the
 * others of the same name and place.
 */
import { createUrn } from "@pulumi/pulumi";
import type { ComponentResource, ComponentResourceOptions, Output } from "@pulumi/pulumi";

const ownerTypes = {
  nodePortExposure: "exposure:index:NodePortExposure",
  loadBalancer: "exposure:index:NetworkLoadBalancer",
  apart: "exposure:index:SharedNodeRules",
} as const;

/** The load balancers that may have had the rules of a SharedNodeRules: that of an exposure, or one by itself. */
export function loadBalancersBeside(
  name: string,
  { parent }: Pick<ComponentResourceOptions, "parent"> = {},
): Output<string>[] {
  const ofExposure = createUrn(name, ownerTypes.nodePortExposure, parent);
  return [ofExposure, parent].map((place) => createUrn(name, ownerTypes.loadBalancer, place));
}

/** The SharedNodeRules that may have had the rules of a load balancer: beside it, or beside its exposure. */
export function rulesBeside({ urn }: Pick<ComponentResource, "urn">): Output<string> {
  const { nodePortExposure, loadBalancer, apart } = ownerTypes;
  return urn.apply((text) => {
    const [types, name] = [text.slice(0, text.lastIndexOf("::")), text.slice(text.lastIndexOf("::"))];
    const place = types.slice(0, -loadBalancer.length);
    const above = `${nodePortExposure}$`;
    return `${place.endsWith(above) ? place.slice(0, -above.length) : place}${apart}${name}`;
  });
}

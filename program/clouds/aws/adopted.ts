/** Load balancers that the program has taken over, as the configuration has them. */
import * as v from "valibot";

const importedLoadBalancer = v.strictObject({
  name: v.string(),
  arn: v.string(),
  listeners: v.array(
    v.strictObject({
      port: v.number(),
      arn: v.string(),
      targetGroup: v.strictObject({
        name: v.string(),
        arn: v.string(),
        protocol: v.string(),
        port: v.number(),
      }),
    }),
  ),
  rules: v.array(
    v.strictObject({
      id: v.string(),
      ipProtocol: v.string(),
      fromPort: v.number(),
      toPort: v.number(),
      cidrIpv4: v.string(),
    }),
  ),
});

/** The component checks the other arguments. */
export const adopted = v.looseObject({
  ports: v.array(v.looseObject({ name: v.string(), port: v.number(), nodePort: v.number() })),
  loadBalancerSourceRanges: v.array(v.string()),
  import: importedLoadBalancer,
});

/** A load balancer that the program has taken over: the component's arguments without the network. */
export type Adopted = v.InferOutput<typeof adopted>;

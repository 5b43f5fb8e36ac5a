import type { NetworkLoadBalancerExposureArgs } from "../../../../../components/index.ts";
import type { OptionName } from "../../../../../components/aws/support/row.ts";

/** One value of an option, and what each way declares for it. */
export interface Trial {
  readonly given: Partial<NetworkLoadBalancerExposureArgs>;
  /** Some inputs of the resource that the table names. Undefined if the option changes no resource. */
  readonly nodePort:
    { readonly type: string; readonly inputs: Readonly<Record<string, unknown>> } | undefined;
  /** Some inputs of the Service; undefined if the option changes none, or the way cannot have it. */
  readonly loadBalancer: Readonly<Record<string, unknown>> | undefined;
  /** Some inputs of the Service that the AWS Load Balancer Controller serves. @default its `attributes`, or else what `loadBalancer` has */
  readonly loadBalancerController?: Readonly<Record<string, unknown>>;
  /** ELBv2's attributes of the planned load balancer, its listener and its target group that are not AWS's defaults. */
  readonly attributes?: Readonly<Record<string, string>>;
}

export type Trials = Readonly<Partial<Record<OptionName, Trial>>>;

const prefix = "service.beta.kubernetes.io/aws-load-balancer";
export const annotated = (values: Readonly<Record<string, string>>) => ({
  metadata: {
    annotations: Object.fromEntries(
      Object.entries(values).map(([name, value]) => [`${prefix}-${name}`, value]),
    ),
  },
});
export const http = { name: "http", port: 80 };
export const portOf = (port: Readonly<Record<string, unknown>>) => ({ spec: { ports: [port] } });

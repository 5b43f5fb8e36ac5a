import type { Output } from "@pulumi/pulumi";
import type { Exposure } from "./components/index.ts";

/** What the stack says of each exposure: enough to find its objects again in the cluster and, by the DNS name, on AWS. */
export interface ExposureOutputs {
  readonly url: Output<string>;
  readonly hostname: Output<string>;
  readonly namespace: Output<string>;
  /** The Service's name. */
  readonly service: Output<string>;
  /** Node ports by the port's name. */
  readonly nodePorts: Output<Record<string, number>>;
}

export function outputsOf({ url, hostname, service, nodePorts }: Exposure): ExposureOutputs {
  const { metadata } = service;
  return { url, hostname, namespace: metadata.namespace, service: metadata.name, nodePorts };
}

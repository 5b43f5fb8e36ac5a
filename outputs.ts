import type { Output } from "@pulumi/pulumi";
import type { Exposure } from "./components/core/index.ts";
import type { DeclaredWay } from "./program/clouds/cloud.ts";

/** The stack's outputs for each exposure: enough to find its objects in the cluster and in the cloud. */
export interface ExposureOutputs {
  readonly url: Output<string>;
  /** The host in the URL: the load balancer's host name, or its first IP address. */
  readonly hostname: Output<string>;
  /** The load balancer's host name, or all its IP addresses. */
  readonly addresses: Output<readonly string[]>;
  readonly namespace: Output<string>;
  /** The Service's name. */
  readonly service: Output<string>;
  /** Node ports by the port's name. */
  readonly nodePorts: Output<Record<string, number>>;
}

export function outputsOf({ url, addresses, service, nodePorts }: Exposure): ExposureOutputs {
  const { namespace, name } = service.metadata;
  const hostname = addresses.apply(([host]) => host);
  return { url, hostname, addresses, namespace, service: name, nodePorts };
}

/** @returns nothing for a way that the stack does not have */
export function outputsOfWay(way: DeclaredWay | undefined): ExposureOutputs | undefined {
  return way && { ...outputsOf(way.exposure), ...way.outputs };
}

/**
 * Inputs of an exposure's resources. They are read strictly: an unread input could change the objects, so a plan with an unknown input is not compared, rather
 * than compared wrongly.
 */
import { isUnknown } from "@pulumi/pulumi/output.js";
import * as v from "valibot";
import { later } from "../model/later.ts";
import type { Later } from "../model/later.ts";
import type { PlannedResource } from "./monitor.ts";
import { UnreadablePlan } from "./resources.ts";

const notKnown = v.pipe(
  v.custom<unknown>((value) => isUnknown(value)),
  v.transform((): Later => later),
);

/** A value that only the update may know. */
export const orLater = <T extends v.GenericSchema>(schema: T) => v.union([notKnown, schema]);

const texts = v.record(v.string(), v.string());
const list = <T extends v.GenericSchema>(of: T) => v.optional(v.array(of), []);

/** With the defaults of https://github.com/kubernetes/kubernetes/blob/v1.35.4/pkg/apis/core/v1/defaults.go (SetDefaults_Service). */
const servicePort = v.strictObject({
  name: v.optional(v.string(), ""),
  protocol: v.optional(v.string(), "TCP"),
  appProtocol: v.exactOptional(v.string()),
  port: v.number(),
  targetPort: v.optional(v.union([v.number(), v.string()])),
  nodePort: v.optional(v.number()),
});

/** The same, with the IP families of pkg/registry/core/service/storage/alloc.go on a cluster with IPv4 alone. */
export const service = v.strictObject({
  apiVersion: v.literal("v1"),
  kind: v.literal("Service"),
  metadata: v.strictObject({
    name: v.optional(orLater(v.string())),
    namespace: v.optional(orLater(v.string()), "default"),
    labels: v.optional(texts, {}),
    annotations: v.optional(texts, {}),
  }),
  spec: v.strictObject({
    type: v.picklist(["NodePort", "LoadBalancer"]),
    loadBalancerClass: v.exactOptional(v.string()),
    allocateLoadBalancerNodePorts: v.optional(v.boolean(), true),
    loadBalancerIP: v.exactOptional(v.string()),
    selector: v.optional(texts, {}),
    ipFamilies: v.optional(v.array(v.string()), ["IPv4"]),
    ipFamilyPolicy: v.optional(v.string(), "SingleStack"),
    externalIPs: list(v.string()),
    ports: v.array(servicePort),
    externalTrafficPolicy: v.optional(v.string(), "Cluster"),
    internalTrafficPolicy: v.optional(v.string(), "Cluster"),
    trafficDistribution: v.exactOptional(v.string()),
    sessionAffinity: v.optional(v.string(), "None"),
    publishNotReadyAddresses: v.optional(v.boolean(), false),
    loadBalancerSourceRanges: list(v.string()),
    healthCheckNodePort: v.optional(v.number()),
  }),
});

/** @throws UnreadablePlan that names the resource and the input */
export function read<T extends v.GenericSchema>(schema: T, resource: PlannedResource): v.InferOutput<T> {
  const parsed = v.safeParse(schema, resource.inputs);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const input = v.getDotPath(issue) ?? "inputs";
  const problem =
    issue.expected === "never"
      ? "is an input that the comparison does not know"
      : `is ${issue.received}, and the comparison knows only ${issue.expected ?? "other values"}`;
  throw new UnreadablePlan(`${input} of ${resource.type} "${resource.name}" ${problem}`);
}

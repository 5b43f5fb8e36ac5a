/** Inputs of an exposure's OpenStack resources. They are read strictly: see comparison/plan/inputs.ts. */
import * as v from "valibot";
import { orLater } from "../../../plan/inputs.ts";

/** An id. The resource's dependencies tell which object it refers to, both before and after the update. */
const reference = v.unknown();
const port = orLater(v.number());

export const loadBalancer = v.strictObject({
  name: v.optional(v.string()),
  vipSubnetId: v.string(),
  loadbalancerProvider: v.string(),
  flavorId: v.optional(v.string()),
  availabilityZone: v.optional(v.string()),
  tags: v.optional(v.array(v.string()), []),
});

export const floatingIp = v.strictObject({ pool: v.string(), portId: reference });

export const listener = v.strictObject({
  loadbalancerId: reference,
  protocol: v.string(),
  protocolPort: v.number(),
  connectionLimit: v.number(),
  allowedCidrs: v.array(v.string()),
  timeoutClientData: v.number(),
  timeoutMemberConnect: v.number(),
  timeoutMemberData: v.number(),
  timeoutTcpInspect: v.number(),
  insertHeaders: v.optional(v.record(v.string(), v.string()), {}),
});

export const pool = v.strictObject({
  listenerId: reference,
  protocol: v.string(),
  lbMethod: v.string(),
  persistence: v.optional(v.strictObject({ type: v.string() })),
});

export const member = v.strictObject({
  poolId: reference,
  name: v.string(),
  address: v.string(),
  protocolPort: port,
  subnetId: v.string(),
  monitorPort: v.optional(v.number()),
});

export const monitor = v.strictObject({
  poolId: reference,
  type: v.string(),
  delay: v.number(),
  timeout: v.number(),
  maxRetries: v.number(),
  maxRetriesDown: v.number(),
  urlPath: v.optional(v.string()),
  httpMethod: v.optional(v.literal("GET")),
  expectedCodes: v.optional(v.string()),
});

export const rule = v.strictObject({
  securityGroupId: v.string(),
  direction: v.literal("ingress"),
  ethertype: v.literal("IPv4"),
  protocol: v.string(),
  portRangeMin: port,
  portRangeMax: port,
  remoteIpPrefix: v.string(),
});

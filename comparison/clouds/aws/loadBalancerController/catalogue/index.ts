/** Known differences between a NodePort Service and one that the AWS Load Balancer Controller serves, besides the type. */
import type { Entry } from "../../../../difference/entry.ts";
import { entriesOf } from "../../markedEntries.ts";
import type { Aws } from "../../model.ts";
import {
  clusterTag,
  loadBalancerClass,
  owner,
  resourcesFinalizer,
  resourceTag,
  stackTag,
  title,
} from "../marks.ts";
import { groups, pathMtu, sourceRanges } from "./groups.ts";
import { healthCheckNodePort } from "./healthCheckNodePort.ts";

const marked = {
  title,
  owner,
  tags: [clusterTag, stackTag, resourceTag].map((tag) => new RegExp(`^${tag.replaceAll(".", "\\.")}$`)),
  source: "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/nlb/",
  classes: [loadBalancerClass],
  finalizer: resourcesFinalizer,
};

export const catalogue: readonly Entry<Aws>[] = [
  ...entriesOf(marked),
  groups,
  sourceRanges,
  pathMtu,
  healthCheckNodePort,
];

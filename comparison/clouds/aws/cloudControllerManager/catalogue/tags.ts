/** Tags by which the cloud controller manager finds its objects. */
import { clusterTagPrefix, serviceTag } from "../../../../../components/aws/clusterTags.ts";
import type { Aws } from "../../model.ts";
import { factsIn } from "../../../../model/sourceResult.ts";
import type { Entry } from "../../../../difference/entry.ts";

/** The load balancer, or a target group, at the beginning of a path to something in it. */
const tagged = /^loadBalancer( \/ targetGroups \/ <[^>]+>)?(?= \/ )/;

export const tags: Entry<Aws> = {
  id: "tags-of-the-controller",
  why: "The cloud controller manager tags its objects with the cluster and the Service, and finds them by these tags. A program finds its objects in its state.",
  affects: "anyone who searches or bills by tags",
  remedy:
    "give the hand-made load balancer other tags; with the controller's tags, the controller would manage it too",
  source: "https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/tags.go",
  expects(pair) {
    const cluster = factsIn(pair.facts.cluster);
    if (cluster === undefined) return [];
    const expected = {
      [`${clusterTagPrefix}${cluster.name}`]: "owned",
      [serviceTag]: "<this Service>",
    };
    const holders = new Set<string>();
    for (const path of pair.paths) {
      const [holder] = path.startsWith("loadBalancer") ? (tagged.exec(path) ?? []) : [];
      if (holder !== undefined) holders.add(holder);
    }
    return [...holders].flatMap((holder) =>
      Object.entries(expected).map(([tag, value]) => ({
        path: `${holder} / tags / ${tag}`,
        left: null,
        right: value,
      })),
    );
  },
};

/** Its own tags win over additional ones. pkg/deploy/tracking/provider.go (ResourceTags), pkg/algorithm/maps.go (MergeStringMap) */
import type { ServiceFacts } from "../../../model/service.ts";
import { namespacedName } from "../../../model/service.ts";
import type { AwsClusterFacts } from "../model.ts";
import { annotationNames, pairsOf } from "./annotations.ts";
import { clusterTag, resourceTag, stackTag } from "./marks.ts";

/** @param resource what it calls the object among those of the Service */
export function tagsOf(
  service: ServiceFacts,
  { name }: AwsClusterFacts,
  resource: string,
): Readonly<Record<string, string>> {
  return {
    ...pairsOf(service, annotationNames.additionalTags),
    [clusterTag]: name,
    [stackTag]: namespacedName(service),
    [resourceTag]: resource,
  };
}

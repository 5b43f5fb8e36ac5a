import type { Problem } from "../core/validation.ts";
import { clusterTagPrefix, serviceTag } from "./clusterTags.ts";

/** Tags of AWS's objects by key. */
export type Tags = Readonly<Record<string, string>>;

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-tags.html */
export const maximumTags = 50;

/** The cloud controller manager's own: the Service's name and the cluster. v1.35.0, pkg/providers/v1/aws_loadbalancer.go and tags.go. */
const controllersTags = 2;

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Tag.html */
export const tagRules =
  "keys of 1 to 128 characters that do not begin with aws:, values of up to 256, and letters, digits, blanks and +-=._:/@";

/** Whether AWS takes the tag. */
export function isTag(key: string, value: string): boolean {
  const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
  return (
    key !== "" &&
    !/^aws:/i.test(key) &&
    key.length <= 128 &&
    value.length <= 256 &&
    allowed.test(key) &&
    allowed.test(value)
  );
}

/** What AWS refuses. */
export function tagsProblems(tags: Tags = {}): Problem[] {
  const wrong = Object.entries(tags).filter(([key, value]) => !isTag(key, value));
  return [
    ...wrong.map(([key, value]) => ({
      propertyPath: "tags",
      reason: `${JSON.stringify(key)}: ${JSON.stringify(value)} is not allowed; allowed are ${tagRules}`,
    })),
    ...tooMany(tags, maximumTags, `AWS allows ${maximumTags} per object`),
  ];
}

/**
 * What a LoadBalancer Service cannot have. The controller trims each item of the annotation, and takes what is before and after
 * its first equals sign, up to the second. Its own tags win over these.
 * v1.35.0, pkg/providers/v1/aws_loadbalancer.go (getKeyValuePropertiesFromAnnotation, ensureLoadBalancerv2)
 */
export function unwritableTagsProblems(tags: Tags = {}): Problem[] {
  const problems = Object.entries(tags).flatMap(([key, value]) => {
    // What AWS refuses has its own error.
    const why = isTag(key, value) ? unwritable(key, value) : undefined;
    if (why === undefined) return [];
    const reason = `${JSON.stringify(key)}: ${JSON.stringify(value)} cannot be set: ${why}; choose another, or use a NodePortExposure`;
    return [{ propertyPath: "tags", reason }];
  });
  const own = `AWS allows ${maximumTags} per object, and the AWS cloud controller manager adds ${controllersTags}`;
  const { length } = Object.keys(tags);
  return [...problems, ...(length > maximumTags ? [] : tooMany(tags, maximumTags - controllersTags, own))];
}

function unwritable(key: string, value: string): string | undefined {
  if (`${key}${value}`.includes("="))
    return "a LoadBalancer Service has its tags in an annotation, as a list of key=value, so neither may have an equals sign";
  if (key !== key.trimStart() || value !== value.trimEnd())
    return "the AWS cloud controller manager drops blanks before a key and after a value";
  if (key === serviceTag || key.startsWith(clusterTagPrefix))
    return "the AWS cloud controller manager sets this tag itself";
  return undefined;
}

function tooMany(tags: Tags, most: number, limit: string): Problem[] {
  const { length } = Object.keys(tags);
  if (length <= most) return [];
  return [{ propertyPath: "tags", reason: `${length} tags are too many; ${limit}; remove ${length - most}` }];
}

/** The annotation's value. */
export const tagList = (tags: Tags): string =>
  Object.entries(tags)
    .map(([key, value]) => `${key}=${value}`)
    .join(",");

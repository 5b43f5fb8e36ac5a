import type { Problem } from "../core/validation.ts";
import { clusterTagPrefix, serviceTag } from "./clusterTags.ts";

/** Tags of AWS's objects by key. */
export type Tags = Readonly<Record<string, string>>;

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-tags.html */
export const maximumTags = 50;

/** A controller that gives its objects the tags of a Service's annotation, which is a list of key=value. */
export interface TagWriter {
  readonly title: string;
  /** How many tags it adds to an object. */
  readonly ownTags: number;
  /** Whether it sets a tag with this key itself; its own tags win. */
  readonly isOwn: (key: string) => boolean;
  /** The blanks that it drops. */
  readonly dropsBlanks: "before a key and after a value" | "around keys and values";
  /** Whether a value may have an equals sign. A key never may. */
  readonly allowsEqualsSign: boolean;
}

/**
 * The AWS cloud controller manager. It takes what is before and after an item's first equals sign, up to the second.
 * v1.35.0, pkg/providers/v1/aws_loadbalancer.go (getKeyValuePropertiesFromAnnotation, ensureLoadBalancerv2) and tags.go
 */
const cloudController: TagWriter = {
  title: "the AWS cloud controller manager",
  ownTags: 2,
  isOwn: (key) => key === serviceTag || key.startsWith(clusterTagPrefix),
  dropsBlanks: "before a key and after a value",
  allowsEqualsSign: false,
};

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

/** What a LoadBalancer Service cannot have. */
export function unwritableTagsProblems(tags: Tags = {}, writer: TagWriter = cloudController): Problem[] {
  const problems = Object.entries(tags).flatMap(([key, value]) => {
    // What AWS refuses has its own error.
    const why = isTag(key, value) ? unwritable(key, value, writer) : undefined;
    if (why === undefined) return [];
    const reason = `${JSON.stringify(key)}: ${JSON.stringify(value)} cannot be set: ${why}; choose another, or use a NodePortExposure`;
    return [{ propertyPath: "tags", reason }];
  });
  const { title, ownTags } = writer;
  const limit = `AWS allows ${maximumTags} per object, and ${title} adds ${ownTags}`;
  const { length } = Object.keys(tags);
  return [...problems, ...(length > maximumTags ? [] : tooMany(tags, maximumTags - ownTags, limit))];
}

function unwritable(key: string, value: string, writer: TagWriter): string | undefined {
  const { title, dropsBlanks, allowsEqualsSign } = writer;
  if ((allowsEqualsSign ? key : `${key}${value}`).includes("="))
    return `a LoadBalancer Service has its tags in an annotation, as a list of key=value, so ${allowsEqualsSign ? "no key" : "neither"} may have an equals sign`;
  const [takenKey, takenValue] =
    dropsBlanks === "around keys and values"
      ? [key.trim(), value.trim()]
      : [key.trimStart(), value.trimEnd()];
  if (key !== takenKey || value !== takenValue) return `${title} drops blanks ${dropsBlanks}`;
  return writer.isOwn(key) ? `${title} sets this tag itself` : undefined;
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

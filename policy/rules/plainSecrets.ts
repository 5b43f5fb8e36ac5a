/** No secret is written in plain text where everybody reads it: in a container's environment or arguments, in a ConfigMap, or in tags and annotations. */
import { containersOf, podOf } from "../pods.ts";
import { listOf, recordOf, textsIn } from "../resource.ts";
import type { Properties, ResourceRule } from "../resource.ts";

/** A name whose value is a secret, unless it says where one is. */
const secretName =
  /pass(word|wd|phrase)?$|secret$|token$|(api|access|private|secret)[-_.]?key$|credentials?$/i;

/**
 * Values that are secrets whatever their name: private keys, AWS's access keys and GitHub's tokens.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids and
 * https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
 */
const secretValue =
  /-----BEGIN [A-Z ]*PRIVATE KEY-----|\b(AKIA|ASIA)[A-Z0-9]{16}\b|\bgh[opsu]_[A-Za-z0-9]{36}\b/;

/** How to give it instead. */
const instead = "put it into a Secret, and refer to that";

const isSecret = (name: string, value: unknown): boolean =>
  typeof value === "string" && value !== "" && (secretName.test(name) || secretValue.test(value));

/** Never the value itself: what this says is printed and logged. */
const named = (place: string, values: Properties): string[] =>
  Object.keys(values)
    .filter((name) => isSecret(name, values[name]))
    .map((name) => `${place} ${name} has a secret in plain text; ${instead}`);

function inContainer(container: Properties): string[] {
  const environment = Object.fromEntries(
    listOf(container.env)
      .map(recordOf)
      .map(({ name, value }) => [String(name), value]),
  );
  const words = [...textsIn(container.command), ...textsIn(container.args)];
  return [
    ...named("the variable", environment),
    ...(words.some((word) => secretValue.test(word))
      ? [`the command of the container ${String(container.name)} has a secret in plain text; ${instead}`]
      : []),
  ];
}

export const plainSecrets: ResourceRule = (resource) => {
  const { type, props } = resource;
  const pod = podOf(resource);
  const metadata = recordOf(props.metadata);
  return [
    ...(type.replace(/Patch$/, "") === "kubernetes:core/v1:ConfigMap"
      ? named("the entry", recordOf(props.data))
      : []),
    ...containersOf(pod?.spec ?? {}).flatMap(inContainer),
    ...named("the annotation", recordOf(metadata.annotations)),
    ...named("the tag", recordOf(props.tags)),
  ];
};

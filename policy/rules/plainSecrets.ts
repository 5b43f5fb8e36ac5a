/** No secret is written in plain text where everybody reads it: in a container's environment or arguments, in a ConfigMap, or in tags and annotations. */
import { containersOf, podOf } from "../pods.ts";
import { listOf, recordOf, textsIn } from "../resource.ts";
import type { Properties, ResourceRule } from "../resource.ts";

/**
 * A name, in words, whose value is a secret, unless it says where one is. `pass` and `key` end other words too, such as compass and monkey, so they must be words of their own;
 * and a key may be one to sort by.
 */
const secretName =
  /(^|[^a-z])pass$|pass(word|wd|phrase)$|secret$|token$|(^|\/)key$|(api|access|private|secret)[-_.]?key$|credentials?$/i;

const isSecretName = (name: string): boolean => secretName.test(name.replace(/([a-z0-9])([A-Z])/g, "$1_$2"));

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
  typeof value === "string" && value !== "" && (isSecretName(name) || secretValue.test(value));

/** Not the secret itself: a variable that has it, a file that has it, or whether to use one. */
const isElsewhere = (value: string): boolean =>
  /^["']?(\$|(\.{0,2}|~)\/|(true|false)["']?$|["']?$)/i.test(value);

/** The options and assignments in a command whose value is a secret by their name: `--password=x`, `--password x`, and `PASSWORD=x`. A word may be a shell's whole script. */
function secretOptions(words: readonly string[]): string[] {
  const tokens = words.flatMap((word) => word.split(/\s+/)).filter((token) => token !== "");
  return tokens.flatMap((token, index) => {
    const [, dashes = "", name = "", value] = /^["']?(-{0,2})([A-Za-z][\w.-]*)(?:=(.*))?$/s.exec(token) ?? [];
    const next = tokens[index + 1];
    const follows = dashes !== "" && next?.startsWith("-") === false ? next : undefined;
    const given = value ?? follows;
    return given !== undefined && isSecretName(name) && !isElsewhere(given) ? [`${dashes}${name}`] : [];
  });
}

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
  const whose = `the command of the container ${String(container.name)}`;
  return [
    ...named("the variable", environment),
    ...(words.some((word) => secretValue.test(word))
      ? [`${whose} has a secret in plain text; ${instead}`]
      : []),
    ...secretOptions(words).map(
      (option) => `${whose} has a secret in plain text after ${option}; ${instead}`,
    ),
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
    // A Pod's metadata are both.
    ...new Set(
      [metadata, pod?.metadata ?? {}].flatMap(({ annotations }) =>
        named("the annotation", recordOf(annotations)),
      ),
    ),
    ...named("the tag", recordOf(props.tags)),
  ];
};

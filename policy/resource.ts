/** A resource that a plan declares, as far as rules look at it, and the safe reading of its properties. */

export type Properties = Readonly<Record<string, unknown>>;

export interface DeclaredResource {
  /** Pulumi's type token, such as `aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule`. */
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly props: Properties;
  /** URNs of the resources that a property refers to, by the property's name. */
  readonly references: Readonly<Record<string, readonly string[]>>;
}

/** A rule about one resource. It gets resources of every type. @returns what is wrong, one sentence each */
export type ResourceRule = (resource: Pick<DeclaredResource, "type" | "props">) => string[];

/** A rule about resources together. @returns what is wrong, and with which resource */
export type StackRule = (
  resources: readonly DeclaredResource[],
) => { readonly urn: string; readonly message: string }[];

/** A value that a preview does not know yet. */
export const unknownYet: unique symbol = Symbol("not known yet");

/**
 * A copy that can be read as a whole. Pulumi's own throws where a value is read that is not known yet, which would end a rule about all resources at the first one.
 *
 * @param isUnknown whether that is why it threw
 */
export function readable(value: unknown, isUnknown: (error: unknown) => boolean): unknown {
  if (typeof value !== "object" || value === null) return value;
  const read = (key: string): unknown => {
    try {
      return readable((value as Properties)[key], isUnknown);
    } catch (error) {
      if (isUnknown(error)) return unknownYet;
      throw error;
    }
  };
  const keys = Object.keys(value);
  return Array.isArray(value) ? keys.map(read) : Object.fromEntries(keys.map((key) => [key, read(key)]));
}

/** An empty one for anything but an object. */
export const recordOf = (value: unknown): Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Properties) : {};

/** An empty one for anything but a list. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The value at a path such as `seccompProfile.type`. */
export const valueAt = (properties: Properties, path: string): unknown =>
  path.split(".").reduce<unknown>((at, key) => recordOf(at)[key], properties);

export const textsIn = (value: unknown): string[] =>
  listOf(value).filter((each): each is string => typeof each === "string");

/** What two lives of alike objects have in common: without what the cluster draws, and without what depends on time. */
import { unknown } from "../unit/lab/providers/runningPlugin.ts";
import type { Call, Life } from "./life.ts";

export type Value = null | boolean | number | string | Value[] | { [key: string]: Value };

/** Drawn anew for each object, or changed by controllers at any time. */
const drawn = new Set([
  "clusterIP",
  "clusterIPs",
  "creationTimestamp",
  "healthCheckNodePort",
  "lastTransitionTime",
  "lastUpdateTime",
  "nodeName",
  "resourceVersion",
  "uid",
]);

export interface Compared {
  readonly call: string;
  readonly answer?: Value;
  /** Of an error it is only told that there is one. */
  readonly fails?: true;
  /** The state that an error keeps. */
  readonly kept?: Value;
  /** At least as many seconds, if the plug-in waited. */
  readonly waited?: number;
}

/** Of the calls of one life. */
export function comparable(calls: readonly Call[], { asked }: Life, namespace: string): Compared[] {
  const fixed = new Set(
    [...JSON.stringify(asked).matchAll(/"nodePort":(\d+)/g)].map(([, port]) => Number(port)),
  );
  const plain = (name: "answer" | "kept", value: unknown): Pick<Compared, "answer" | "kept"> => {
    const found = plainOf(value as Value, "", { namespace, fixed });
    return found === undefined ? {} : { [name]: found };
  };
  return calls.map(({ call, answer, error, kept, seconds }) => ({
    call,
    ...(error === undefined && !isRefused(answer) ? plain("answer", answer) : { fails: true }),
    ...plain("kept", kept),
    ...waitedFor(seconds),
  }));
}

/** Of the answer of a check. */
function isRefused(answer: unknown): boolean {
  const { failures = [] } = (answer ?? {}) as { failures?: readonly string[] };
  return failures.length > 0;
}

function waitedFor(seconds: number): Pick<Compared, "waited"> {
  const waited = [40, 10].find((least) => seconds > least - 0.5);
  return waited === undefined ? {} : { waited };
}

interface Context {
  readonly namespace: string;
  /** Node ports that the program chose. */
  readonly fixed: ReadonlySet<number>;
}

function plainOf(value: Value | undefined, key: string, context: Context): Value | undefined {
  if (value === undefined || value === null) return undefined;
  if (value === unknown) return "<unknown>";
  // A headless Service has no address.
  if (drawn.has(key) && !isNone(value)) return "<drawn>";
  if (key === "nodePort" && typeof value === "number" && !context.fixed.has(value)) return "<drawn>";
  if (typeof value === "string") return plainText(value, context.namespace);
  if (key === "managedFields" && Array.isArray(value)) return ownFields(value);
  if (key === "status" && typeof value === "object" && !Array.isArray(value)) return readinessIn(value);
  if (Array.isArray(value)) return value.map((item) => plainOf(item, "", context) ?? null);
  if (typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, item]) => [name, plainOf(item, name, context)] as const)
      .filter((entry): entry is [string, Value] => entry[1] !== undefined)
      .sort(([one], [other]) => one.localeCompare(other)),
  );
}

const isNone = (value: Value): boolean => value === "None" || (Array.isArray(value) && value[0] === "None");

/** What of a status says that an object is ready; the rest depends on time. */
const readiness = ["availableReplicas", "numberAvailable", "phase", "readyReplicas", "succeeded"];

function readinessIn(status: Readonly<Record<string, Value>>): Value {
  const found = Object.entries(status).filter(([key]) => readiness.includes(key));
  const { ingress } = (status.loadBalancer ?? {}) as { ingress?: Value[] };
  return {
    ...Object.fromEntries(found.sort()),
    ...(ingress === undefined ? {} : { addresses: ingress.length }),
  };
}

function plainText(text: string, namespace: string): string {
  return text
    .replaceAll(namespace, "<namespace>")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<time>")
    .replaceAll(/\bus-west-2[abc]\b/g, "<zone>")
    .replaceAll(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, "<uid>")
    .replaceAll(/kube-api-access-\w{5}\b/g, "kube-api-access-<random>")
    .replaceAll(/-[0-9a-f]{8}\b/g, "-<random>");
}

/** The fields of the plug-in itself; controllers add theirs at any time. */
function ownFields(managed: readonly Value[]): Value {
  return managed
    .map((each) => each as { manager?: string; operation?: string; fieldsV1?: Value })
    .filter(({ manager = "" }) => manager.startsWith("pulumi-kubernetes"))
    .map(({ operation = "", fieldsV1 = {} }) => ({ operation, fieldsV1 }));
}

/** What the lab's plug-in does otherwise than the official one, on purpose. */
import type { Compared, Value } from "./comparable.ts";
import type { Life } from "./life.ts";

export interface Deliberate {
  readonly id: string;
  readonly official: string;
  readonly own: string;
  readonly why: string;
  /** The official one's calls as the lab's plug-in makes them; the same calls where it does nothing otherwise. */
  readonly asOwn: (calls: readonly Compared[], life: Life) => readonly Compared[];
}

type Fields = Readonly<Record<string, Value>>;

const isObject = (value: Value | undefined): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The value with another one at the path; a path that is not there stays so. */
function changed(value: Value, path: readonly string[], change: (value: Value) => Value): Value {
  const [key, ...rest] = path;
  if (key === undefined) return change(value);
  if (!isObject(value) || value[key] === undefined) return value;
  return { ...value, [key]: changed(value[key] ?? null, rest, change) };
}

function at(value: Value | undefined, ...path: readonly string[]): Value | undefined {
  return path.reduce<Value | undefined>((found, key) => (isObject(found) ? found[key] : undefined), value);
}

const isService = ({ type }: Life): boolean => type === "core/v1:Service";

const listOf = (value: Value | undefined): readonly Fields[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

export const deliberate: readonly Deliberate[] = [
  {
    id: "draws",
    official: "A preview shows the addresses and node ports of the API server's dry run.",
    own: "They are unknown, unless the Service has them already.",
    why: "The dry run draws them anew, or answers with place-holders such as 32769: the real Service gets others.",
    asOwn: (calls, life) =>
      isService(life) ? calls.map((call, index) => withoutDraws(call, calls.slice(0, index))) : calls,
  },
  {
    id: "names-of-replacements",
    official:
      "A preview shows another name for an object that replaces one of the same name, since the API server refuses to change it in a dry run.",
    own: "It shows the name that the object will have.",
    why: "The other name is nobody's.",
    asOwn: (calls) =>
      calls.map((call, index) => {
        const checked = calls[index - 1];
        if (call.call !== "preview" || checked?.call !== "check" || call.answer === undefined) return call;
        const name = at(checked.answer, "inputs", "metadata", "name") ?? null;
        const named = (path: readonly string[], answer: Value): Value =>
          changed(answer, [...path, "metadata", "name"], () => name);
        return { ...call, answer: named(["outputs"], named(["outputs", "__inputs"], call.answer)) };
      }),
  },
  {
    id: "ready-pods",
    official: "A Service whose pods are ready is done when its endpoints have not changed for 10 s.",
    own: "It is done at once.",
    why: "Its pods are ready either way, and each start of the lab would take 10 s longer.",
    asOwn: (calls, life) =>
      isService(life) && JSON.stringify(life.asked).includes('"app":"web"')
        ? calls.map(({ waited: _, ...call }) => call)
        : calls,
  },
  {
    id: "not-awaited",
    official:
      "An Ingress is awaited. So are a PersistentVolume, a PersistentVolumeClaim and a ReplicationController, for minutes, of which there is no life.",
    own: "It is done when it exists.",
    why: "On the lab nothing serves an Ingress.",
    asOwn: (calls, { type }) => (type === "networking.k8s.io/v1:Ingress" ? calls.map(asReady) : calls),
  },
  {
    id: "failing-pods",
    official: "Pods that fail are waited for until the time is up: ten minutes, if the program says nothing.",
    own: "It is an error when they have failed for 30 s.",
    why: "Waiting longer does not bring an image that is not there.",
    asOwn: (calls, { timeoutSeconds = 0 }) =>
      timeoutSeconds > 40
        ? calls.map((call) => (call.waited === 40 ? { ...call, waited: 10 } : call))
        : calls,
  },
  {
    id: "last-pause",
    official:
      "After the last attempt to create an object without its namespace or kind, another 32 s pass before the error.",
    own: "The error follows the last attempt.",
    why: "Nothing is tried after this pause.",
    asOwn: (calls, { timeoutSeconds }) =>
      timeoutSeconds === undefined
        ? calls.map((call) =>
            call.call === "create" && call.fails === true && call.waited === 40
              ? { ...call, waited: 10 }
              : call,
          )
        : calls,
  },
  {
    id: "refused-updates",
    official:
      "The state of an object whose update the API server refuses gets the refused inputs, also in a preview.",
    own: "The state stays as it was.",
    why: "It then says what there is. The next update sees the same change in both cases.",
    asOwn: (calls) =>
      calls.map((call) => {
        if (call.fails !== true || !isUpdate(call, calls)) return call;
        const { kept: _, ...rest } = call;
        return rest;
      }),
  },
  {
    id: "unknown-fields",
    official: "Fields that the plug-in's Kubernetes does not have are left out, without a word.",
    own: "The API server refuses them by their path, already in the preview.",
    why: "A misspelt selector is otherwise a Service without pods.",
    asOwn: (calls, { asked: [given] }) => {
      const [check] = calls;
      const unknown = at(given as Fields, "spec", "slector");
      if (check === undefined || unknown === undefined) return calls;
      const answer = changed(check.answer ?? null, ["inputs", "spec"], (spec) => ({
        ...(spec as Fields),
        slector: unknown,
      }));
      const fails = true;
      return [
        { ...check, answer },
        { call: "preview", fails },
        { call: "create", fails },
      ];
    },
  },
];

/** The same with an object that is not awaited. */
function asReady(call: Compared): Compared {
  const { call: name, kept } = call;
  if (kept === undefined || !isObject(kept)) return call;
  const inputs = kept.__inputs ?? null;
  return name === "create"
    ? { call: name, answer: { id: "<namespace>/thing", outputs: kept } }
    : { call: name, answer: { inputs, outputs: kept } };
}

/** Whether the call changes an object that there is. */
function isUpdate(call: Compared, calls: readonly Compared[]): boolean {
  const before = calls.slice(0, calls.indexOf(call));
  return before.some(({ call: name }) => name === "diff") && before.at(-1)?.call !== "check";
}

/** @param before the calls before this one */
function withoutDraws(call: Compared, before: readonly Compared[]): Compared {
  if (call.call !== "preview" || call.answer === undefined) return call;
  const isNew = before.at(-1)?.call === "check";
  const last = isNew ? undefined : before.findLast(({ call: name }) => name === "read")?.answer;
  const there = listOf(at(last, "outputs", "spec", "ports"));
  const unknown = (value: Value): Value => (value === "<drawn>" ? "<unknown>" : value);
  const place = isNew ? ["outputs", "spec"] : ["spec"];
  const ports = (value: Value): Value =>
    listOf(value).map((port) =>
      there.some((other) => other.port === port.port || other.name === port.name)
        ? port
        : changed(port, ["nodePort"], unknown),
    );
  const drawn = isNew ? ["clusterIP", "clusterIPs", "healthCheckNodePort"] : [];
  const answer = drawn.reduce<Value>(
    (value, name) => changed(value, [...place, name], unknown),
    changed(call.answer, [...place, "ports"], ports),
  );
  return { ...call, answer };
}

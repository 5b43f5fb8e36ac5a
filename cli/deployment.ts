/** What Pulumi's engine says while it works, folded into what a person wants to know: how far it is, and what went wrong. */
import type { EngineEvent } from "@pulumi/pulumi/automation/events.js";

export interface Deployment {
  /** What was done to the resources that are done, by URN. */
  readonly done: ReadonlyMap<string, Change>;
  /** What is being done to the resources in work, by URN. */
  readonly inWork: ReadonlyMap<string, string>;
  /** What went wrong, with the resource's name where there is one. */
  readonly errors: readonly string[];
}

export const nothingDone: Deployment = { done: new Map(), inWork: new Map(), errors: [] };

/** What became of a resource, in words. */
const changes = ["created", "updated", "replaced", "deleted", "as they were"] as const;
type Change = (typeof changes)[number];

/** The engine's operations: what they are called while they last, and what has become of the resource then. */
const operations: Readonly<Record<string, { readonly verb?: string; readonly change: Change }>> = {
  same: { change: "as they were" },
  read: { change: "as they were" },
  refresh: { verb: "looking at", change: "as they were" },
  create: { verb: "creating", change: "created" },
  update: { verb: "updating", change: "updated" },
  delete: { verb: "deleting", change: "deleted" },
  "create-replacement": { verb: "creating", change: "replaced" },
  replace: { change: "replaced" },
  "delete-replaced": { verb: "deleting", change: "replaced" },
};

/** The engine's closing error, which only says that there were errors. */
const closing = /^(update|preview|destroy|refresh) failed$/;

export function advance(before: Deployment, event: EngineEvent): Deployment {
  const { resourcePreEvent, resOutputsEvent, resOpFailedEvent, diagnosticEvent } = event;
  if (resourcePreEvent !== undefined) {
    const { urn, op, type } = resourcePreEvent.metadata;
    const verb = operations[op]?.verb;
    if (verb === undefined || !isDeclared(type)) return before;
    return { ...before, inWork: new Map([...before.inWork, [urn, verb]]) };
  }
  const ended = resOutputsEvent ?? resOpFailedEvent;
  if (ended !== undefined) {
    const { urn, op, type } = ended.metadata;
    const change = operations[op]?.change;
    if (change === undefined || !isDeclared(type)) return before;
    const inWork = new Map([...before.inWork].filter(([other]) => other !== urn));
    return {
      ...before,
      inWork,
      done: resOutputsEvent === undefined ? before.done : new Map([...before.done, [urn, change]]),
    };
  }
  if (diagnosticEvent?.severity !== "error") return before;
  const message = plain(diagnosticEvent.message);
  if (closing.test(message)) return before;
  const name = diagnosticEvent.urn === undefined ? "" : nameOf(diagnosticEvent.urn);
  return { ...before, errors: [...before.errors, name === "" ? message : `${name}: ${message}`] };
}

/** One line: how far the deployment is and what it is doing. */
export function progressLine({ done, inWork }: Deployment, total: number): string {
  const doing = [...inWork].map(([urn, verb]) => `${verb} ${nameOf(urn)}`);
  // What is planned may grow by what is deleted. Where nobody knows the plan, what is done is all that can be told.
  const all = Math.max(total, done.size + inWork.size);
  const count = total === 0 ? `${done.size} resources` : `${done.size} of ${all} resources`;
  return doing.length === 0
    ? count
    : `${count}; ${doing.slice(0, 3).join(", ")}${doing.length > 3 ? ", ..." : ""}`;
}

/** What was changed, in words. */
export function changesLine({ done }: Deployment): string {
  const made = [...done.values()];
  const counts = changes.map((change) => [made.filter((other) => other === change).length, change] as const);
  const words = counts.filter(([count]) => count > 0).map(([count, change]) => `${count} ${change}`);
  return words.length === 0 ? "nothing to do" : words.join(", ");
}

/** Whether a person declared a resource of this type for its own sake: not the stack, no provider, no component, which only holds others. */
function isDeclared(type: string): boolean {
  return !type.startsWith("pulumi:") && !type.startsWith("exposure:");
}

/** A resource's type and name: `Service echo`. */
function nameOf(urn: string): string {
  const [, , types = "", name = ""] = urn.split("::");
  const type = types.split("$").at(-1)?.split(":").at(-1) ?? "";
  return type === "Stack" ? "" : `${type} ${name}`;
}

/** Without the engine's marks for colours, such as `<{%fg 1%}>`. */
function plain(message: string): string {
  return message.replaceAll(/<\{%.*?%\}>/g, "").trim();
}

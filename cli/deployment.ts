/** The events of Pulumi's engine, summed up for a person: how far it has come, and what went wrong. */
import type { EngineEvent } from "@pulumi/pulumi/automation/events.js";

export interface Deployment {
  /** What was done to each finished resource, by URN. */
  readonly done: ReadonlyMap<string, Change>;
  /** What is being done to each resource in progress, by URN. */
  readonly inProgress: ReadonlyMap<string, string>;
  /** Error messages, with the resource's name if there is one. */
  readonly errors: readonly string[];
}

export const nothingDone: Deployment = { done: new Map(), inProgress: new Map(), errors: [] };

const changes = ["created", "updated", "replaced", "deleted", "unchanged"] as const;
type Change = (typeof changes)[number];

/** The engine's operations: the verb while one is in progress, and what it has done to the resource at its end. */
const operations: Readonly<Record<string, { readonly verb?: string; readonly change: Change }>> = {
  same: { change: "unchanged" },
  read: { change: "unchanged" },
  refresh: { verb: "reading", change: "unchanged" },
  create: { verb: "creating", change: "created" },
  update: { verb: "updating", change: "updated" },
  delete: { verb: "deleting", change: "deleted" },
  "create-replacement": { verb: "creating", change: "replaced" },
  replace: { change: "replaced" },
  "delete-replaced": { verb: "deleting", change: "replaced" },
};

/** The engine's last error only says that there were errors. */
const closing = /^(update|preview|destroy|refresh) failed$/;

export function advance(before: Deployment, event: EngineEvent): Deployment {
  const { resourcePreEvent, resOutputsEvent, resOpFailedEvent, diagnosticEvent } = event;
  if (resourcePreEvent !== undefined) {
    const { urn, op, type } = resourcePreEvent.metadata;
    const verb = operations[op]?.verb;
    if (verb === undefined || !isDeclared(type)) return before;
    return { ...before, inProgress: new Map([...before.inProgress, [urn, verb]]) };
  }
  const ended = resOutputsEvent ?? resOpFailedEvent;
  if (ended !== undefined) {
    const { urn, op, type } = ended.metadata;
    const change = operations[op]?.change;
    if (change === undefined || !isDeclared(type)) return before;
    const inProgress = new Map([...before.inProgress].filter(([other]) => other !== urn));
    return {
      ...before,
      inProgress,
      done: resOutputsEvent === undefined ? before.done : new Map([...before.done, [urn, change]]),
    };
  }
  if (diagnosticEvent?.severity !== "error") return before;
  const message = plain(diagnosticEvent.message);
  if (closing.test(message)) return before;
  const name = diagnosticEvent.urn === undefined ? "" : nameOf(diagnosticEvent.urn);
  return { ...before, errors: [...before.errors, name === "" ? message : `${name}: ${message}`] };
}

/** How far the deployment has come and what it is doing, in one line. */
export function progressLine({ done, inProgress }: Deployment, total: number): string {
  const doing = [...inProgress].map(([urn, verb]) => `${verb} ${nameOf(urn)}`);
  // A deployment may delete resources that the plan does not count. Without a plan, only the finished ones can be counted.
  const all = Math.max(total, done.size + inProgress.size);
  const count = total === 0 ? `${done.size} resources` : `${done.size} of ${all} resources`;
  return doing.length === 0
    ? count
    : `${count}; ${doing.slice(0, 3).join(", ")}${doing.length > 3 ? ", ..." : ""}`;
}

/** What was changed, such as `2 created, 1 deleted`. */
export function changesLine({ done }: Deployment): string {
  const made = [...done.values()];
  const counts = changes.map((change) => [made.filter((other) => other === change).length, change] as const);
  const words = counts.filter(([count]) => count > 0).map(([count, change]) => `${count} ${change}`);
  return words.length === 0 ? "nothing to do" : words.join(", ");
}

/** Whether a resource of this type counts: stack, providers and components, which only group others, do not. */
function isDeclared(type: string): boolean {
  return !type.startsWith("pulumi:") && !type.startsWith("exposure:");
}

/** A resource's type and name: `Service echo`. */
function nameOf(urn: string): string {
  const [, , types = "", name = ""] = urn.split("::");
  const type = types.split("$").at(-1)?.split(":").at(-1) ?? "";
  return type === "Stack" ? "" : `${type} ${name}`;
}

/** Removes the engine's colour marks, such as `<{%fg 1%}>`. */
function plain(message: string): string {
  return message.replaceAll(/<\{%.*?%\}>/g, "").trim();
}

/** What Pulumi's engine says while it works, folded into what a person wants to know: how far it is, and what went wrong. */
import type { EngineEvent } from "@pulumi/pulumi/automation/events.js";

export interface Deployment {
  /** URNs of the resources that are done, changed or not. */
  readonly done: ReadonlySet<string>;
  /** What is being done to the resources in work, by URN. */
  readonly inWork: ReadonlyMap<string, string>;
  /** What went wrong, with the resource's name where there is one. */
  readonly errors: readonly string[];
  /** How many resources each operation was applied to, known at the end. */
  readonly changes: Readonly<Record<string, number>>;
}

export const nothingDone: Deployment = { done: new Set(), inWork: new Map(), errors: [], changes: {} };

/** What the engine's operations are called. Those not listed here end at once. */
const verbs: Readonly<Record<string, string>> = {
  create: "creating",
  "create-replacement": "creating",
  update: "updating",
  delete: "deleting",
  "delete-replaced": "deleting",
  refresh: "looking at",
};

/** The engine's closing error, which only says that there were errors. */
const closing = /^(update|preview|destroy|refresh) failed$/;

export function advance(before: Deployment, event: EngineEvent): Deployment {
  const { resourcePreEvent, resOutputsEvent, resOpFailedEvent, diagnosticEvent, summaryEvent } = event;
  if (resourcePreEvent !== undefined) {
    const { urn, op, type } = resourcePreEvent.metadata;
    const verb = verbs[op];
    return verb === undefined || isInternal(type)
      ? before
      : { ...before, inWork: new Map([...before.inWork, [urn, verb]]) };
  }
  const ended = resOutputsEvent ?? resOpFailedEvent;
  if (ended !== undefined) {
    const { urn, type } = ended.metadata;
    if (isInternal(type)) return before;
    const inWork = new Map([...before.inWork].filter(([other]) => other !== urn));
    return {
      ...before,
      inWork,
      done: resOutputsEvent === undefined ? before.done : new Set([...before.done, urn]),
    };
  }
  if (diagnosticEvent?.severity === "error") {
    const message = plain(diagnosticEvent.message);
    if (closing.test(message)) return before;
    const name = diagnosticEvent.urn === undefined ? "" : nameOf(diagnosticEvent.urn);
    return { ...before, errors: [...before.errors, name === "" ? message : `${name}: ${message}`] };
  }
  return summaryEvent === undefined ? before : { ...before, changes: summaryEvent.resourceChanges };
}

/** One line: how far the deployment is and what it is doing. */
export function progressLine({ done, inWork }: Deployment, total: number): string {
  const doing = [...inWork].map(([urn, verb]) => `${verb} ${nameOf(urn)}`);
  // What is planned may grow by what is deleted.
  const count = `${done.size} of ${Math.max(total, done.size + inWork.size)} resources`;
  return doing.length === 0
    ? count
    : `${count}; ${doing.slice(0, 3).join(", ")}${doing.length > 3 ? ", ..." : ""}`;
}

/** What was changed, in words. */
export function changesLine({ changes }: Deployment): string {
  const words: Readonly<Record<string, string>> = {
    create: "created",
    update: "updated",
    replace: "replaced",
    delete: "deleted",
  };
  const changed = Object.entries(words).flatMap(([op, word]) => {
    const count = changes[op] ?? 0;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  const same = changes.same ?? 0;
  if (changed.length === 0) return `all ${same} resources as they were`;
  return [...changed, ...(same === 0 ? [] : [`${same} as they were`])].join(", ");
}

/** The stack itself and providers are no resources that a person declared. */
function isInternal(type: string): boolean {
  return type === "pulumi:pulumi:Stack" || type.startsWith("pulumi:providers:");
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

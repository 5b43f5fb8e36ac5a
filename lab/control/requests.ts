/** What the host can request from a running lab: one request a connection, one answer, both JSON. */
import * as v from "valibot";

const name = v.pipe(v.string(), v.nonEmpty());
const ofProcess = { process: name };
const ofNode = { node: name };

const request = v.variant("kind", [
  /** End a process and keep it ended. */
  v.object({ kind: v.literal("hold"), ...ofProcess }),
  /** Start a held process. */
  v.object({ kind: v.literal("release"), ...ofProcess }),
  /** End a process once, as a crash would. */
  v.object({ kind: v.literal("kill"), ...ofProcess }),
  /** Cut a node's link silently. */
  v.object({ kind: v.literal("cut"), ...ofNode }),
  v.object({ kind: v.literal("mend"), ...ofNode }),
  /** Let a spare node join. */
  v.object({ kind: v.literal("add-node") }),
  /** Remove a spare node. */
  v.object({ kind: v.literal("remove-node"), ...ofNode }),
]);

export type ControlRequest = v.InferOutput<typeof request>;

export type ControlAnswer =
  | { readonly kind: "done" }
  | { readonly kind: "added"; readonly node: AddedNode }
  | { readonly kind: "refused"; readonly reason: string };

/** A spare node that has joined. */
export interface AddedNode {
  readonly name: string;
  /** The id of its machine in the cloud. */
  readonly instanceId: string;
}

/** The control's socket, in the run directory. */
export const controlSocket = "control.sock";

/** @throws if the text is not a request, saying what one looks like */
export function parseRequest(text: string): ControlRequest {
  const given = parsed(text);
  const result = v.safeParse(request, given);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const kinds = request.options.map(({ entries }) => entries.kind.literal).join(", ");
  const key = v.getDotPath(issue);
  if (key === null) throw new Error(`a request is a JSON object with a kind: ${kinds}`);
  const { kind } = given as { readonly kind?: unknown };
  if (key !== "kind")
    throw new Error(`a request of kind "${String(kind)}" needs "${key}": the name of a ${key}`);
  if (kind === undefined) throw new Error(`a request is a JSON object with a kind: ${kinds}`);
  throw new Error(`unknown kind ${JSON.stringify(kind)}; there are ${kinds}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`a request is JSON; this is not: ${text.slice(0, 80)}`);
  }
}

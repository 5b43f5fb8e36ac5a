/** What the host may ask of a running lab: one request a connection, one answer, both JSON. */

export type ControlRequest =
  | {
      /** End a process and keep it ended; start it again; end it once, as a crash would. */
      readonly kind: "hold" | "release" | "kill";
      readonly process: string;
    }
  | {
      /** Cut a node's link without a word; mend it; take a spare node away. */
      readonly kind: "cut" | "mend" | "remove-node";
      readonly node: string;
    }
  | {
      /** Have a spare node join. */
      readonly kind: "add-node";
    };

export type ControlAnswer =
  | { readonly kind: "done" }
  | { readonly kind: "added"; readonly node: AddedNode }
  | { readonly kind: "refused"; readonly reason: string };

/** A spare node that has joined. */
export interface AddedNode {
  readonly name: string;
  readonly instanceId: string;
}

/** The control's socket, in the run directory. */
export const controlSocket = "control.sock";

/** What each kind of request names. */
const names: Readonly<Record<ControlRequest["kind"], "process" | "node" | undefined>> = {
  hold: "process",
  release: "process",
  kill: "process",
  cut: "node",
  mend: "node",
  "add-node": undefined,
  "remove-node": "node",
};

/** @throws if the text is no request, saying what one looks like */
export function parseRequest(text: string): ControlRequest {
  const given = parsed(text);
  const kinds = Object.keys(names).join(", ");
  if (typeof given !== "object" || given === null || !("kind" in given))
    throw new Error(`a request is a JSON object with a kind: ${kinds}`);
  const { kind } = given;
  if (typeof kind !== "string" || !isKind(kind))
    throw new Error(`unknown kind ${JSON.stringify(kind)}; there are ${kinds}`);
  const key = names[kind];
  if (key === undefined) return { kind } as ControlRequest;
  const name = (given as Readonly<Record<string, unknown>>)[key];
  if (typeof name !== "string" || name === "")
    throw new Error(`a request of kind "${kind}" needs "${key}": the name of a ${key}`);
  return { kind, [key]: name } as ControlRequest;
}

const isKind = (kind: string): kind is ControlRequest["kind"] => Object.hasOwn(names, kind);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`a request is JSON; this is not: ${text.slice(0, 80)}`);
  }
}

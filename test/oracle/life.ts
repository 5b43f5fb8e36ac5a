/** The life of an object with one plug-in, led as the engine leads it. */
import type { ServiceError } from "@grpc/grpc-js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import statuses from "@pulumi/pulumi/proto/status_pb.js";
import type { Properties, RunningPlugin, Target } from "../unit/lab/providers/runningPlugin.ts";

export interface Life {
  readonly what: string;
  /** As in a token: `core/v1:Service`. */
  readonly type: string;
  /** What the program asks for, one after the other. Objects without a namespace get one of the plug-in's own. */
  readonly asked: readonly Properties[];
  /** After the creation: a merge patch by somebody else. */
  readonly drift?: Properties;
  /** How long the program lets it take to be ready. @default the plug-in's own limit */
  readonly timeoutSeconds?: number;
  /** What the errors of both plug-ins say. */
  readonly says?: readonly string[];
}

/** A call of the engine, with its answer or its error. */
export interface Call {
  readonly call: string;
  readonly answer?: unknown;
  readonly error?: string;
  /** Of an error: the state that is kept, since the object exists. */
  readonly kept?: Properties;
  readonly tookTenSeconds?: boolean;
}

/** @param patch a merge patch of an object by somebody else */
export async function live(
  plugin: RunningPlugin,
  { type, asked, drift, timeoutSeconds }: Life,
  patch: (object: Properties, change: Properties) => Promise<unknown>,
): Promise<Call[]> {
  const target: Target = { type: `kubernetes:${type}`, name: "thing" };
  const calls: Call[] = [];
  const call = async <T>(name: string, make: () => Promise<T>): Promise<T | undefined> => {
    const started = performance.now();
    const tookTenSeconds = (): boolean => performance.now() - started >= 9_500;
    try {
      const answer = await make();
      calls.push({ call: name, answer, tookTenSeconds: tookTenSeconds() });
      return answer;
    } catch (error) {
      const kept = keptIn(error);
      calls.push({
        call: name,
        error: error instanceof Error ? error.message : String(error),
        ...(kept === undefined ? {} : { kept: kept.outputs }),
      });
      existing = kept === undefined ? existing : { ...kept, inputs: existing?.inputs ?? {} };
      return undefined;
    }
  };
  let existing:
    { readonly id: string; readonly inputs: Properties; readonly outputs: Properties } | undefined;

  for (const given of asked) {
    const before = existing;
    const checked = await call("check", () => plugin.check(target, given, before?.inputs));
    if (checked === undefined || checked.failures.length > 0) break;
    const { inputs } = checked;
    if (before === undefined) {
      await call("preview", () => plugin.create(target, inputs, true));
      const created = await call("create", () => plugin.create(target, inputs, false, timeoutSeconds));
      if (created !== undefined) existing = { ...created, inputs };
      else if (existing !== undefined) existing = { ...existing, inputs };
      if (existing === undefined) break;
      if (drift !== undefined) await patch(existing.outputs, drift);
    } else {
      const { id, outputs } = before;
      const diff = await call("diff", () => plugin.diff(target, before.inputs, inputs, outputs));
      // The engine makes another object then, or calls nothing.
      const changes = Object.values(diff?.changes ?? {});
      if (changes.length === 0 || changes.some((change) => change?.endsWith("-replace"))) continue;
      const change = { before: before.inputs, outputs, after: inputs };
      await call("preview", () => plugin.update(target, id, { ...change, preview: true }));
      const updated = await call("update", () =>
        plugin.update(target, id, { ...change, ...timeout(timeoutSeconds) }),
      );
      if (updated !== undefined) existing = { id, inputs, outputs: updated };
    }
    const { id, inputs: last, outputs } = existing ?? { id: "", inputs, outputs: {} };
    await call("read", () => plugin.read(target, id, last, outputs));
  }
  if (existing !== undefined) {
    const { id, outputs } = existing;
    await call("import", () => plugin.read(target, id));
    await call("delete", () => plugin.delete(target, id, outputs));
    await call("read", () => plugin.read(target, id, {}, outputs));
  }
  return calls;
}

const timeout = (timeoutSeconds: number | undefined): { timeoutSeconds?: number } =>
  timeoutSeconds === undefined ? {} : { timeoutSeconds };

/** What an error says of an object that exists all the same. */
function keptIn(error: unknown): { id: string; outputs: Properties } | undefined {
  const { cause } = error as { cause?: ServiceError };
  const [packed] = cause?.metadata.get("grpc-status-details-bin") ?? [];
  if (!(packed instanceof Buffer)) return undefined;
  const [detail] = statuses.Status.deserializeBinary(packed).getDetailsList();
  if (detail === undefined) return undefined;
  const failed = messages.ErrorResourceInitFailed.deserializeBinary(detail.getValue_asU8());
  return { id: failed.getId(), outputs: failed.getProperties()?.toJavaScript() ?? {} };
}

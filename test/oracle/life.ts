/** The life of an object with one plug-in, led as the engine leads it. */
import type { ServiceError } from "@grpc/grpc-js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import statuses from "@pulumi/pulumi/proto/status_pb.js";
import { kindOf } from "../../lab/providers/kubernetes/kinds.ts";
import type { Properties, RunningPlugin, Target } from "../unit/lab/providers/runningPlugin.ts";

export interface Life {
  readonly what: string;
  /** As in a token: `core/v1:Service`. */
  readonly type: string;
  /** What the program asks for, one after the other. Objects without a namespace get one of the plug-in's own. */
  readonly asked: readonly Properties[];
  /** After the creation: a merge patch by somebody else. */
  readonly drift?: Properties;
  /** Whether each update comes after a refresh. @default false */
  readonly isRefreshed?: boolean;
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
  readonly seconds: number;
}

interface Existing {
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
}

/** @param patch a merge patch of an object by somebody else */
export async function live(
  plugin: RunningPlugin,
  life: Life,
  patch: (object: Properties, change: Properties) => Promise<unknown>,
): Promise<Call[]> {
  const engine = new Engine(plugin, life);
  for (const [index, fields] of life.asked.entries()) {
    // As the SDK sends them.
    const isPossible = await engine.bring({ ...kindOf(engine.target.type), ...fields }, `seed ${index}`);
    if (!isPossible) break;
    if (index === 0 && life.drift !== undefined && engine.existing !== undefined)
      await patch(engine.existing.outputs, life.drift);
    await engine.read(life.isRefreshed === true);
  }
  await engine.importAndDelete();
  return engine.calls;
}

class Engine {
  readonly calls: Call[] = [];
  readonly target: Target;
  existing: Existing | undefined;
  readonly #plugin: RunningPlugin;
  readonly #timeoutSeconds: number | undefined;

  constructor(plugin: RunningPlugin, { type, timeoutSeconds }: Life) {
    this.target = { type: `kubernetes:${type}`, name: "thing" };
    this.#plugin = plugin;
    this.#timeoutSeconds = timeoutSeconds;
  }

  /** @returns whether the object exists then */
  async bring(given: Properties, seed: string): Promise<boolean> {
    const before = this.existing;
    const inputs = await this.#check(given, before?.inputs, seed);
    if (inputs === undefined) return false;
    if (before === undefined) await this.#create(inputs);
    else await this.#change(before, given, inputs, seed);
    return this.existing !== undefined;
  }

  async #check(
    given: Properties,
    before: Properties | undefined,
    seed: string,
  ): Promise<Properties | undefined> {
    const checked = await this.#call("check", () => this.#plugin.check(this.target, given, before, seed));
    return checked === undefined || checked.failures.length > 0 ? undefined : checked.inputs;
  }

  async #create(inputs: Properties): Promise<void> {
    await this.#call("preview", () => this.#plugin.create(this.target, inputs, true));
    const created = await this.#call("create", () =>
      this.#plugin.create(this.target, inputs, false, this.#timeoutSeconds),
    );
    if (created !== undefined) this.existing = { ...created, inputs };
    else if (this.existing !== undefined) this.existing = { ...this.existing, inputs };
  }

  async #change(before: Existing, given: Properties, inputs: Properties, seed: string): Promise<void> {
    const { id, outputs } = before;
    const diff = await this.#call("diff", () =>
      this.#plugin.diff(this.target, before.inputs, inputs, outputs),
    );
    const changes = Object.values(diff?.changes ?? {});
    if (changes.length === 0) return;
    if (changes.some((change) => change?.endsWith("-replace"))) {
      await this.#replace(before, given, seed, diff?.deleteBeforeReplace === true);
      return;
    }
    const change = { before: before.inputs, outputs, after: inputs };
    await this.#call("preview", () => this.#plugin.update(this.target, id, { ...change, preview: true }));
    const updated = await this.#call("update", () =>
      this.#plugin.update(this.target, id, {
        ...change,
        ...(this.#timeoutSeconds === undefined ? {} : { timeoutSeconds: this.#timeoutSeconds }),
      }),
    );
    if (updated !== undefined) this.existing = { id, inputs, outputs: updated };
  }

  /** An object with an automatic name gets another one: it is checked again, as if it were new. */
  async #replace(before: Existing, given: Properties, seed: string, deletesFirst: boolean): Promise<void> {
    const inputs = (await this.#check(given, undefined, seed)) ?? {};
    await this.#call("preview", () => this.#plugin.create(this.target, inputs, true));
    const destroy = () =>
      this.#call("delete", () => this.#plugin.delete(this.target, before.id, before.outputs));
    this.existing = undefined;
    if (deletesFirst) await destroy();
    const created = await this.#call("create", () =>
      this.#plugin.create(this.target, inputs, false, this.#timeoutSeconds),
    );
    if (created !== undefined) this.existing = { ...created, inputs };
    if (!deletesFirst) await destroy();
  }

  async read(keeps: boolean): Promise<void> {
    const { id, inputs, outputs } = this.existing ?? { id: "", inputs: {}, outputs: {} };
    const read = await this.#call("read", () => this.#plugin.read(this.target, id, inputs, outputs));
    if (read !== undefined && keeps) this.existing = { id, ...read };
  }

  async importAndDelete(): Promise<void> {
    if (this.existing === undefined) return;
    const { id, outputs } = this.existing;
    await this.#call("import", () => this.#plugin.read(this.target, id));
    await this.#call("delete", () => this.#plugin.delete(this.target, id, outputs));
  }

  async #call<T>(name: string, make: () => Promise<T>): Promise<T | undefined> {
    const started = performance.now();
    const seconds = (): number => (performance.now() - started) / 1000;
    try {
      const answer = await make();
      this.calls.push({ call: name, answer, seconds: seconds() });
      return answer;
    } catch (error) {
      const kept = keptIn(error);
      this.calls.push({
        call: name,
        error: error instanceof Error ? error.message : String(error),
        ...(kept === undefined ? {} : { kept: kept.outputs }),
        seconds: seconds(),
      });
      if (kept !== undefined) this.existing = { ...kept, inputs: this.existing?.inputs ?? {} };
      return undefined;
    }
  }
}

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

/** A resource plug-in in the terms of the Pulumi provider protocol, without its messages. */
import type { Autonaming } from "./autoname.ts";
import type { Change } from "./diff.ts";
import type { Properties } from "./values.ts";

/** The resource of a request. */
export interface Resource {
  readonly urn: string;
  /** The type's token, such as `kubernetes:core/v1:Service`. */
  readonly type: string;
  /** The logical name that the program gave it. */
  readonly name: string;
}

export interface Failure {
  readonly property: string;
  readonly reason: string;
}

export interface CheckResult {
  readonly inputs: Properties;
  readonly failures: readonly Failure[];
}

export interface CheckRequest extends Resource {
  /** The inputs of the last update; undefined for a new resource or a replacement. */
  readonly oldInputs: Properties | undefined;
  readonly inputs: Properties;
  readonly seed: Uint8Array;
  readonly autonaming: Autonaming | undefined;
}

export interface DiffRequest extends Resource {
  readonly id: string;
  readonly oldInputs: Properties;
  readonly oldOutputs: Properties;
  readonly inputs: Properties;
}

export interface Diff {
  readonly changes: readonly (Change & { readonly replace: boolean })[];
  /** Whether both objects cannot exist at the same time, for example because they have the same name. */
  readonly deleteBeforeReplace: boolean;
}

interface Operation extends Resource {
  /** From the resource option customTimeouts; 0 if not set. */
  readonly timeoutSeconds: number;
}

export interface CreateRequest extends Operation {
  readonly inputs: Properties;
  readonly preview: boolean;
}

export interface UpdateRequest extends Operation {
  readonly id: string;
  readonly oldInputs: Properties;
  readonly oldOutputs: Properties;
  readonly inputs: Properties;
  readonly preview: boolean;
}

export interface ReadRequest extends Resource {
  readonly id: string;
  /** Empty when the resource is imported or looked up by id. */
  readonly oldInputs: Properties;
  readonly oldOutputs: Properties;
}

export interface DeleteRequest extends Operation {
  readonly id: string;
  readonly outputs: Properties;
}

export interface ReadResult {
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
}

/** The object exists but did not become ready. The engine keeps its state and retries at the next update. */
export class InitializationError extends Error {
  readonly state: ReadResult;
  readonly reasons: readonly string[];

  constructor(message: string, state: ReadResult, reasons: readonly string[]) {
    super(message);
    this.state = state;
    this.reasons = reasons;
  }
}

export type Severity = "debug" | "info" | "warning" | "error";

/** Writes to the resource's line in Pulumi's display. It shows `status` messages only while the operation runs. */
export type Log = (severity: Severity, urn: string, message: string, status?: "status") => void;

export interface Provider {
  /** The package that programs import, such as `aws`. */
  readonly name: string;
  readonly version: string;
  checkConfig(inputs: Properties): CheckResult;
  /** @param variables the configuration by its short names; structured values are JSON text */
  configure(variables: Readonly<Record<string, string>>): void;
  check(request: CheckRequest): CheckResult | Promise<CheckResult>;
  diff(request: DiffRequest): Diff;
  create(request: CreateRequest): Promise<{ id: string; outputs: Properties }>;
  /** @returns undefined if the object is gone */
  read(request: ReadRequest): Promise<ReadResult | undefined>;
  update(request: UpdateRequest): Promise<Properties>;
  delete(request: DeleteRequest): Promise<void>;
  invoke(token: string, args: Properties): Promise<Properties>;
  /** Called when the user interrupts. Running operations soon end with an error. */
  cancel(): void;
}

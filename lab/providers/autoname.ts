/** Physical names made from logical ones, so that a replacement can be created before the old object is deleted. */
import { createHash, randomBytes } from "node:crypto";

/** How the engine wants names made: `pulumi:autonaming` in the stack's configuration. */
export type Autonaming =
  { readonly mode: "propose" | "enforce"; readonly proposedName: string } | { readonly mode: "disable" };

export interface NameRequest {
  readonly prefix: string;
  /** Hexadecimal digits after the prefix. */
  readonly digits: number;
  /** The longest name that the API takes; the prefix is cut to fit. */
  readonly maxLength?: number;
  /** Makes the name repeatable within one update: preview plans and update agree. */
  readonly seed: Uint8Array;
}

/** `<prefix><digits>` with digits drawn from the seed, or at random where the engine gave none. */
export function uniqueName({ prefix, digits, maxLength, seed }: NameRequest): string {
  const bytes = seed.length > 0 ? createHash("sha256").update(seed).update(prefix).digest() : randomBytes(32);
  const room = maxLength === undefined ? prefix.length : Math.max(0, maxLength - digits);
  return prefix.slice(0, room) + bytes.toString("hex").slice(0, digits);
}

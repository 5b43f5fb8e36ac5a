/** Physical names made from logical ones, so that a replacement can be created before the old object is deleted. */
import { createHash, randomBytes } from "node:crypto";

/** How the engine wants names made: `pulumi:autonaming` in the stack's configuration. */
export type Autonaming =
  { readonly mode: "propose" | "enforce"; readonly proposedName: string } | { readonly mode: "disable" };

export interface NameRequest {
  readonly prefix: string;
  /** Hexadecimal digits after the prefix. */
  readonly digits: number;
  /** The longest name that the API accepts. The prefix is truncated to fit. */
  readonly maxLength?: number;
  /** Makes the name repeatable, so that an update matches its preview. */
  readonly seed: Uint8Array;
}

/** `<prefix><digits>`, with digits derived from the seed, or random ones if the engine gave no seed. */
export function uniqueName({ prefix, digits, maxLength, seed }: NameRequest): string {
  const bytes = seed.length > 0 ? createHash("sha256").update(seed).update(prefix).digest() : randomBytes(32);
  const room = maxLength === undefined ? prefix.length : Math.max(0, maxLength - digits);
  return prefix.slice(0, room) + bytes.toString("hex").slice(0, digits);
}

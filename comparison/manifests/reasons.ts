/** The API server's words for what is wrong with a value. https://github.com/kubernetes/apimachinery/blob/v0.35.4/pkg/util/validation/field/errors.go */
import type { Path, Problem } from "./fields.ts";

export function required(path: Path, detail = ""): Problem {
  return { path, reason: detail === "" ? "Required value" : `Required value: ${detail}` };
}

export function invalid(path: Path, value: unknown, detail: string): Problem {
  return { path, reason: `Invalid value: ${JSON.stringify(value)}: ${detail}` };
}

export function unsupported(path: Path, value: unknown, supported: readonly string[]): Problem {
  const values = supported.map((each) => JSON.stringify(each)).join(", ");
  return { path, reason: `Unsupported value: ${JSON.stringify(value)}: supported values: ${values}` };
}

export function forbidden(path: Path, detail: string): Problem {
  return { path, reason: `Forbidden: ${detail}` };
}

export function duplicate(path: Path, value: unknown): Problem {
  return { path, reason: `Duplicate value: ${JSON.stringify(value)}` };
}

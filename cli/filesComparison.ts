/** Judges or compares Services of manifests, without a cluster. */
import { isDeepStrictEqual } from "node:util";
import type { FoundService, ManifestFile } from "../comparison/manifests/file.ts";
import { judgementOf } from "../comparison/manifests/judgement.ts";
import { compareDeclared } from "../comparison/manifests/pair.ts";
import type { DeclaredService } from "../comparison/manifests/service.ts";
import type { BySide } from "../comparison/result/bySide.ts";
import type { Comparison } from "../comparison/result/comparison.ts";
import type { Judgement } from "../comparison/result/judgement.ts";
import { NotComparable } from "../comparison/sources/eligibility.ts";
import type { FilesCall } from "./files.ts";
import { oneOf, readFiles } from "./files.ts";

export type FilesResult =
  | { readonly kind: "judged"; readonly judgement: Judgement }
  | { readonly kind: "compared"; readonly comparison: Comparison };

/** @throws NotComparable, ManifestError */
export async function compareFiles(call: FilesCall): Promise<FilesResult> {
  return resultOf(await readFiles(call), call);
}

/** @throws NotComparable */
export async function resultOf(
  files: readonly ManifestFile[],
  call: Pick<FilesCall, "names" | "served" | "size">,
): Promise<FilesResult> {
  const pair = pairIn(files, call.names);
  if (pair !== undefined) {
    if (isDeepStrictEqual(pair.left, pair.right))
      throw new NotComparable([
        `${pair.left.service.place}: ${pair.left.name} is on both sides; name two different Services, or leave one out to judge it`,
      ]);
    const services = { left: validOne(pair.left), right: validOne(pair.right) };
    return { kind: "compared", comparison: await compareDeclared(services, call.served, call.size) };
  }
  const [file] = files;
  if (file === undefined) throw new NotComparable(["there is no file"]);
  const [name] = call.names;
  const services = name === undefined ? file.services : [oneOf(file, name)];
  if (services.length === 0)
    throw new NotComparable([
      `${file.name} has no Service (apiVersion v1, kind Service); it has ${file.others.join(", ") || "no object at all"}`,
    ]);
  return { kind: "judged", judgement: await judgementOf(services, { ...call, made: new Date() }) };
}

/** Two files, or two Services of one. */
function pairIn(files: readonly ManifestFile[], names: readonly string[]): BySide<FoundService> | undefined {
  const [first, second] = files;
  if (first === undefined || (second === undefined && names.length < 2)) return undefined;
  return { left: oneOf(first, names[0]), right: oneOf(second ?? first, names[1] ?? names[0]) };
}

function validOne(found: FoundService): DeclaredService {
  if (found.kind === "valid") return found.service;
  throw new NotComparable(found.service.reasons);
}

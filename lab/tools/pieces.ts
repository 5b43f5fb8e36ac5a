/**
 * The pieces that the lab's tools consist of, and what each is built from. Keys depend on sources, not on the machine's Go or Python: a newer version of
 * them is no reason to build everything again.
 */
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { LabCloud } from "../clouds/cloud.ts";
import { otherVersions } from "../kubernetesVersions.ts";
import type { OtherVersion } from "../kubernetesVersions.ts";
import { findBusyBox } from "./busyBox.ts";
import { directoryOf, keyOf } from "./cache.ts";
import type { Piece } from "./cache.ts";
import { cloudProgramsPiece } from "./cloudPrograms.ts";
import { pythonIngredients } from "./python.ts";
import { controllerPiece } from "./optionalController.ts";
import { otherKubernetesPiece } from "./otherKubernetes.ts";
import { partsIngredients } from "./parts.ts";
import { requiredVersion } from "./programs.ts";
import { proxyImagePiece } from "./proxyImagePiece.ts";
import { pulumiIn, pulumiOnPath } from "./pulumi.ts";
import type { PulumiCli } from "./pulumi.ts";

export const checkout = resolve(import.meta.dirname, "../..");
export const partsSource = join(checkout, "lab/parts");

/** Other versions of Kubernetes by their names. */
export type Pieces = Readonly<Record<"parts" | "images" | "pulumi" | "python" | OtherVersion, Piece>> & {
  /** Of a cloud that has one. */
  readonly controller?: Piece;
  /** Of a cloud that has one. */
  readonly proxy?: Piece;
  readonly proxyImage?: Piece;
  /** Of a cloud that has programs of its own. */
  readonly programs?: Piece;
};

export async function piecesOf({
  python,
  programs: ofCloud,
  loadBalancerController,
  loadBalancerProxy,
}: Pick<LabCloud, "python" | "programs" | "loadBalancerController" | "loadBalancerProxy">): Promise<Pieces> {
  const { arch } = process;
  const source = (file: string) => readFile(join(import.meta.dirname, file), "utf8");
  const sources = await partsIngredients(partsSource);
  const programs = keyOf({ ...sources, recipe: await source("programs.ts"), arch });
  const languageHost = {
    wrapper: await readFile(join(partsSource, "language-host/pulumi-language-nodejs"), "utf8"),
    goMod: sources["language-host/go.mod"] ?? "",
  };
  const parts: Piece = { name: "parts", key: programs };
  const others = await Promise.all(
    otherVersions.map(
      async (version) => [version, await otherKubernetesPiece(version, partsSource, sources, parts)] as const,
    ),
  );
  return {
    parts,
    images: {
      name: "images",
      key: keyOf({
        programs,
        recipe: await source("images.ts"),
        busyBox: (await findBusyBox())?.key ?? "none",
      }),
    },
    ...(Object.fromEntries(others) as Record<OtherVersion, Piece>),
    pulumi: { name: "pulumi", key: keyOf({ ...languageHost, version: await pulumiVersion(), arch }) },
    python: {
      name: python.piece,
      key: keyOf({ ...(await pythonIngredients(python)), arch }),
    },
    ...(ofCloud === undefined ? {} : { programs: await cloudProgramsPiece(ofCloud) }),
    ...(loadBalancerController === undefined
      ? {}
      : { controller: await controllerPiece(loadBalancerController) }),
    ...(loadBalancerProxy === undefined
      ? {}
      : {
          proxy: {
            name: "proxy",
            key: keyOf({ requirements: await readFile(loadBalancerProxy.requirements, "utf8"), arch }),
          },
          proxyImage: await proxyImagePiece(loadBalancerProxy),
        }),
  };
}

/** The version of Pulumi that the lab builds, and the oldest that it accepts on the PATH. Without the leading `v`. */
export async function pulumiVersion(): Promise<string> {
  const goMod = await readFile(join(partsSource, "go.mod"), "utf8");
  return requiredVersion(goMod, "github.com/pulumi/pulumi/pkg/v3").slice(1);
}

export interface FoundPulumi extends PulumiCli {
  /** Directories to prepend to the PATH. */
  readonly path: readonly string[];
  readonly origin: string;
}

/** The Pulumi on the PATH, else the one in the cache. */
export async function findPulumi(cache: string, cloud: LabCloud): Promise<FoundPulumi | undefined> {
  const version = await pulumiVersion();
  const given = await pulumiOnPath(version);
  if (given !== undefined) return { ...given, path: [], origin: "from the PATH" };
  const bin = join(directoryOf(cache, (await piecesOf(cloud)).pulumi), "bin");
  const kept = await pulumiIn(bin, version);
  return kept && { ...kept, path: [bin], origin: "from the cache" };
}

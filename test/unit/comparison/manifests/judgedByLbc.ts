/** A Service of the AWS Load Balancer Controller, judged from its manifest. */
import assert from "node:assert/strict";
import { filesCall } from "../../../../cli/files.ts";
import { manifestFile } from "../../../../comparison/manifests/file.ts";
import { judgementOf } from "../../../../comparison/manifests/judgement.ts";
import type { JudgedService } from "../../../../comparison/result/judgement.ts";
import { loadBalancer } from "./manifests.ts";

const { served } = filesCall({ file: ["a.yaml"], controller: "lbc" }) ?? assert.fail();

/** @param spec lines of YAML, indented by two spaces */
export async function judgedByLbc(
  annotations: Readonly<Record<string, string>>,
  spec = "",
): Promise<JudgedService> {
  return judgedTextByLbc(loadBalancer({ type: "external", scheme: "internet-facing", ...annotations }, spec));
}

export async function judgedTextByLbc(manifest: string): Promise<JudgedService> {
  const { services } = manifestFile(manifest, "a.yaml", served.cloud.controllers);
  const judgement = await judgementOf(services, { served, size: {}, made: new Date(0) });
  return judgement.services[0] ?? assert.fail();
}

/** The lab's tools for tests that use parts of it: from the cache, or built by the first test that asks. */
import { throttled } from "../../cli/progress.ts";
import { buildLine } from "../../cli/devLab.ts";
import { usualVersion } from "../../lab/kubernetesVersions.ts";
import type { KubernetesVersion } from "../../lab/kubernetesVersions.ts";
import { provideRequirements } from "../../lab/requirements/requirements.ts";
import { cacheDirectory } from "../../lab/tools/cache.ts";
import { provideTools } from "../../lab/tools/tools.ts";
import type { OptionalTools } from "../../lab/tools/build.ts";
import type { Tools } from "../../lab/tools/tools.ts";

/** In milliseconds, the unit of mocha's timeouts. */
export const minutes = (count: number): number => count * 60_000;

/** What a test's `before` must allow for the first build on a machine. */
export const buildTimeout = minutes(45);

interface Wanted {
  /** @default usualVersion */
  readonly version?: KubernetesVersion;
  /** @default false */
  readonly loadBalancerProxy?: boolean;
}

const tools = new Map<string, Promise<Tools>>();

/** One build for all test files. */
export function liveTools({
  version = usualVersion,
  loadBalancerProxy = false,
}: Wanted = {}): Promise<Tools> {
  const key = `${version} ${loadBalancerProxy}`;
  const provided = tools.get(key) ?? provide({ kubernetesVersion: version, loadBalancerProxy });
  tools.set(key, provided);
  return provided;
}

async function provide(optional: OptionalTools): Promise<Tools> {
  const say = throttled((line) => {
    console.log(`    ${line}`);
  });
  await provideRequirements({ cacheDirectory: cacheDirectory(), onProgress: say });
  return provideTools({
    ...optional,
    onProgress: (made) => {
      say(buildLine(made));
    },
  });
}

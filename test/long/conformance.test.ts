/** Kubernetes' own specs judge the lab. The first run on a machine compiles the suite. */
import { resolve } from "node:path";
import { run } from "../../lab/tools/command.ts";
import { buildTimeout, liveTools } from "../live/tools.ts";

const checkout = resolve(import.meta.dirname, "../..");

describe("Kubernetes' own specs", function () {
  this.timeout(buildTimeout);

  before(async () => {
    await liveTools();
  });

  it("of conformant Services and their names pass on the lab", async () => {
    const args = ["loading/run.mjs", "conformance/main.ts", "--preset", "short"];
    // It fails, and names the specs, if one of them does.
    await run(process.execPath, args, { cwd: checkout });
  });
});

/** How long a target drains if the emulator restarts or the system clock changes. */
import assert from "node:assert/strict";
import { emulatorCommand } from "../../../../../lab/clouds/aws/api/emulatorProcess.ts";
import { run } from "../../../../../lab/tools/command.ts";
import { buildTimeout, liveTools } from "../../../tools.ts";

/** Prints the remaining draining seconds of a target that was saved with 100 s left and loaded after the system clock moved by the argument. */
const program = `
import pickle, sys, time
from emulator.elbv2.targets import Target

target = Target("i-0123456789abcdef0", 30080)
target.draining_until = time.monotonic() + 100
written = pickle.dumps(target)
time_of_day = time.time
time.time = lambda: time_of_day() + float(sys.argv[1])
print(pickle.loads(written).draining_until - time.monotonic())
`;

describe("a target that drains while the emulator restarts", function () {
  this.timeout(20_000);
  let python: string;
  before(async function () {
    this.timeout(buildTimeout);
    ({ python } = await liveTools());
  });

  const left = async (clockMovesSeconds: number): Promise<number> => {
    const { env } = emulatorCommand({ python, stateDirectory: "unused", host: "127.0.0.1", port: 0 });
    const args = ["-c", program, clockMovesSeconds.toString()];
    return Number(await run(python, args, { env: { ...process.env, ...env } }));
  };

  it("drains as long as without the restart", async () => {
    const seconds = await left(30);
    assert.ok(seconds > 65 && seconds <= 70, `${seconds} s`);
  });

  it("does not drain longer if the clock was set back", async () => {
    const seconds = await left(-86_400);
    assert.ok(seconds > 95 && seconds <= 100, `${seconds} s`);
  });

  it("is gone once its time is over", async () => {
    assert.ok((await left(86_400)) < 0);
  });
});

/** How long a target drains, over restarts of the emulator and changes of the machine's clock. */
import assert from "node:assert/strict";
import { emulatorCommand } from "../../../../../lab/clouds/aws/api/emulatorProcess.ts";
import { run } from "../../../../../lab/tools/command.ts";
import { buildTimeout, liveTools } from "../../../tools.ts";

/** Seconds that a target drains yet, after it was written down with 100 left and read again when the clock said so much later. */
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

describe("a target that drains while the emulator is started anew", function () {
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

  it("drains as long as it would have", async () => {
    const seconds = await left(30);
    assert.ok(seconds > 65 && seconds <= 70, `${seconds} s`);
  });

  it("drains no longer because the clock was set back", async () => {
    const seconds = await left(-86_400);
    assert.ok(seconds > 95 && seconds <= 100, `${seconds} s`);
  });

  it("is gone when the time is over", async () => {
    assert.ok((await left(86_400)) < 0);
  });
});

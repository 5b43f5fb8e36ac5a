import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { provideMachine } from "../../../cli/devLab.ts";
import { unseen } from "../../../cli/progress.ts";
import { labFiles, writeWhole } from "../../../lab/files.ts";
import { keeperRecord } from "../../../lab/keeper/record.ts";
import { shortages } from "../../../lab/requirements/checkMachine.ts";

describe("a start on a machine where a port is taken", () => {
  const server = createServer();
  const directory = mkdtempSync(join(tmpdir(), "taken-port-"));
  const ports = { kubernetes: 0, cloudApi: 0, nodePort: 0, loadBalancer: 0 };
  const done: string[] = [];
  const start = async (): Promise<void> => {
    done.length = 0;
    const { machine } = await provideMachine(
      { directory, ports },
      { progress: unseen, signal: new AbortController().signal },
      {
        // The ports alone: what else this machine may lack is no matter here.
        check: async (settings) => {
          const [taken] = (await shortages(settings)).filter((complaint) => complaint.startsWith("port "));
          if (taken !== undefined) throw new Error(taken);
        },
        install: () => {
          done.push("install");
          return Promise.resolve([]);
        },
      },
    );
    // As in `npm start`: programs are built with what this returns, and not without it.
    done.push(`build where the machine ${machine}`);
  };

  before(async () => {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    ports.nodePort = (server.address() as AddressInfo).port;
  });
  after(() => {
    server.close();
    rmSync(directory, { recursive: true });
  });

  it("fails before anything is installed or built", async () => {
    await assert.rejects(start(), { message: new RegExp(`^port ${ports.nodePort} .* is taken by`) });
    assert.deepEqual(done, []);
  });

  it("goes on if the port is that of its own lab", async () => {
    writeWhole(labFiles(directory).keeper, JSON.stringify(keeperRecord(process.pid)));
    await start();
    assert.deepEqual(done, ["install", "build where the machine can run the lab"]);
  });
});

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { requireFreePorts, socketsIn } from "../../../cli/ports.ts";

describe("the lab's ports", () => {
  const server = createServer();
  let port = 0;
  before(async () => {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    port = (server.address() as AddressInfo).port;
  });
  after(() => server.close());

  it("are refused while another process has one, naming port, process and key", async () => {
    await assert.rejects(requireFreePorts({ kubernetes: 0, aws: 0, nodePort: port, loadBalancer: 0 }), {
      name: "SettingsError",
      message: new RegExp(
        `^port ${port} of 127.0.0.1, .* is taken by \\S.* \\(process ${process.pid}\\); choose another with lab:ports.nodePort in Pulumi.dev.yaml$`,
      ),
    });
  });

  it("are accepted while they are free", async () => {
    await requireFreePorts({ kubernetes: 0, aws: 0, nodePort: 0, loadBalancer: 0 });
  });

  it("are found among listening sockets only", () => {
    const table = [
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
      "   0: 0100007F:6DB0 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4711 1",
      "   1: 0100007F:6DB0 0100007F:9999 01 00000000:00000000 00:00000000 00000000  1000        0 4712 1",
      "   2: 0100007F:16DB 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4713 1",
    ].join("\n");
    assert.deepEqual(socketsIn(table, 28080), ["4711"]);
  });
});
